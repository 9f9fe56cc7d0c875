/**
 * What a program may set and learn of a registry's connections: options, retries, proxies, limits,
 * what is known of a host. The HTTP client itself is {@code transport}, which isn't public.
 */
@NullMarked
package io.github.tugoci.net;

import org.jspecify.annotations.NullMarked;
