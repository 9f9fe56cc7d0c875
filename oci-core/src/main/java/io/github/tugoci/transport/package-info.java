/**
 * HTTP as a registry's client needs it: pooled connections, tokens, redirects, retries and limits
 * by one set of rules for every request. google-http-client stays behind it.
 */
@NullMarked
package io.github.tugoci.transport;

import org.jspecify.annotations.NullMarked;
