package io.github.tugoci.cli.command;

import io.github.tugoci.cli.shell.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What login and logout did.
 *
 * @param verb what was done: {@code Logged in to}
 * @param host the registry
 * @param username the user, or null if that isn't known
 * @param store the file that it was done in
 */
record AccountResult(String verb, String host, @Nullable String username, String store)
    implements Result {
  @Override
  public List<String> text() {
    var as = username == null ? "" : " as " + username;
    return List.of(verb + " " + host + as + " (" + store + ")");
  }

  @Override
  public Map<String, ?> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("host", host);
    if (username != null) {
      json.put("username", username);
    }
    json.put("store", store);
    return json;
  }
}
