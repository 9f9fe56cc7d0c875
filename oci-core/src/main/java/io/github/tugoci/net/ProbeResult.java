package io.github.tugoci.net;

import java.security.cert.X509Certificate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A host's answer to a request without a credential: it tells about the connection.
 *
 * @param status the HTTP status; a registry says 200 or 401
 * @param headers the header fields
 * @param took from the first byte to the answer, a new connection included
 * @param certificate the host's certificate; null without TLS
 */
public record ProbeResult(
    int status, Headers headers, Duration took, @Nullable X509Certificate certificate) {}
