package io.github.tugoci.net;

import io.github.tugoci.error.OciException;
import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.file.FileOwner;
import io.github.tugoci.json.Json;
import io.github.tugoci.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A memory of what was learnt about registries, in a file, so that the next process saves the
 * requests that would find it out. The file can be lost or broken: it is a cache without secrets.
 * Of two processes that save at once the later one's knowledge stays.
 */
public final class HostMemoryFile implements HostMemory {
  private static final int MAX_SIZE = 1 << 20;
  private static final int MAX_PUSHES = 1000;
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final Path file;
  private final Map<String, HostProfile> hosts = new ConcurrentHashMap<>();
  private final Set<String> pushes = Collections.synchronizedSet(new LinkedHashSet<>());
  private final Map<String, Instant> writes = new ConcurrentHashMap<>();
  private volatile boolean changed;

  private HostMemoryFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a file; if that fails, or the file is another user's, nothing is known: whoever writes it
   * could send passwords to a token service of theirs.
   *
   * @param file the file, which is made when something is to be saved
   */
  public static HostMemoryFile open(Path file) {
    var memory = new HostMemoryFile(file);
    try {
      if (Files.isRegularFile(file) && FileOwner.isOwn(file) && Files.size(file) <= MAX_SIZE) {
        memory.read(Json.parseObject(Files.readAllBytes(file), file.toString()));
      }
    } catch (IOException | IllegalArgumentException e) {
      memory.hosts.clear();
      memory.pushes.clear();
      memory.writes.clear();
    }
    return memory;
  }

  private void read(JsonObject json) throws OciException {
    pushes.addAll(json.strings("pushes"));
    for (var write : json.objects("writes")) {
      var time = Instant.ofEpochMilli(write.integer("time").orElse(0L));
      writes.put(write.requiredString("what"), time);
    }
    for (var host : json.objects("hosts")) {
      var name = host.requiredString("host");
      hosts.put(name, profile(name, host));
    }
  }

  /** That a registry has no list of referrers isn't kept: what is signed would seem unsigned. */
  private static HostProfile profile(String host, JsonObject json) throws OciException {
    var known = HostProfile.builtIn(host);
    var realm = json.string("tokenRealm").orElse(null);
    return known
        .withTokens(
            realm == null ? null : URI.create(realm), json.string("tokenService").orElse(null))
        .withBasic(json.bool("basic").orElse(false))
        .withMounts(json.bool("mounts").orElse(true))
        .withSinglePost(known.singlePost() && json.bool("singlePost").orElse(true))
        .withReferrersApi(known.referrersApi() || json.bool("referrersApi").orElse(false))
        .withChunkSize(json.integer("chunkSize").orElse(0L));
  }

  private static Map<String, Object> json(String host, HostProfile profile) {
    var json = new LinkedHashMap<String, Object>();
    json.put("host", host);
    if (profile.tokenRealm() != null) {
      json.put("tokenRealm", profile.tokenRealm().toString());
    }
    if (profile.tokenService() != null) {
      json.put("tokenService", profile.tokenService());
    }
    json.put("basic", profile.basic());
    json.put("mounts", profile.mounts());
    json.put("singlePost", profile.singlePost());
    if (profile.referrersApi()) {
      json.put("referrersApi", true);
    }
    json.put("chunkSize", profile.chunkSize());
    return json;
  }

  @Override
  public Optional<HostProfile> find(String host) {
    return Optional.ofNullable(hosts.get(host));
  }

  @Override
  public void remember(String host, HostProfile profile) {
    var before = hosts.put(host, profile);
    if (before == null || !json(host, profile).equals(json(host, before))) {
      changed = true;
    }
  }

  @Override
  public boolean pushedBefore(String reference) {
    return pushes.contains(reference);
  }

  @Override
  public void rememberPush(String reference) {
    if (pushes.add(reference)) {
      changed = true;
    }
  }

  @Override
  public Optional<Instant> written(String reference) {
    return Optional.ofNullable(writes.get(reference));
  }

  @Override
  public void rememberWrite(String reference, Instant time) {
    writes.put(reference, time);
    changed = true;
  }

  /** Writes what is new, at the end of a process. A cache that can't be written is none. */
  public void save() {
    if (!changed) {
      return;
    }
    var document = new LinkedHashMap<String, Object>();
    document.put(
        "hosts", hosts.entrySet().stream().map(e -> json(e.getKey(), e.getValue())).toList());
    document.put("pushes", latest());
    document.put("writes", recent());
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.write(file, out -> out.write(Json.writePretty(document)));
    } catch (IOException e) {
      // The next process asks again.
    }
  }

  private List<String> latest() {
    synchronized (pushes) {
      var all = new ArrayList<>(pushes);
      return all.subList(Math.max(0, all.size() - MAX_PUSHES), all.size());
    }
  }

  /** What the next process may be told doesn't exist yet. */
  private List<Map<String, Object>> recent() {
    var start = Instant.now().minus(RECENT);
    return writes.entrySet().stream()
        .filter(write -> write.getValue().isAfter(start))
        .sorted((one, other) -> other.getValue().compareTo(one.getValue()))
        .limit(MAX_PUSHES)
        .map(w -> Map.<String, Object>of("what", w.getKey(), "time", w.getValue().toEpochMilli()))
        .toList();
  }
}
