package io.github.tugoci.embedded;

/**
 * A request that the registry served, as a request listener sees it.
 *
 * @param method the method, upper-case
 * @param target the path and the query, as they were sent
 * @param status the answer's status; 0 if the client went away before it got one
 * @param requestBytes the length of the request's body, as far as it was read
 * @param responseBytes the length of the answer's body; 0 for HEAD
 */
public record ServedRequest(
    String method, String target, int status, long requestBytes, long responseBytes) {}
