package io.github.tugoci.net;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The route to a host: direct, or through a proxy.
 *
 * @param origin its scheme, host and port
 * @param proxy the proxy in between, without user and password; null if it is asked directly
 */
public record ProxyRoute(URI origin, @Nullable URI proxy) {}
