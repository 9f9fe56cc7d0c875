package io.github.tugoci.embedded;

import io.github.tugoci.model.Manifest;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How an embedded registry runs. Without any option it listens on a free port of the loopback
 * address, keeps its content in memory, and lets everybody do everything.
 */
public final class EmbeddedRegistryOptions {
  final InetAddress address;
  final int port;
  final String hostName;
  final @Nullable Path folder;
  final boolean readOnly;
  final Passwords passwords;
  final List<AccessRule> grants;
  final boolean tokens;
  final Duration tokenLifetime;
  final @Nullable SSLContext tls;
  final Consumer<ServedRequest> requestListener;
  final int maxConnections;
  final Duration requestTimeout;
  final int manifestLimit;
  final long blobLimit;
  final int pageSize;
  final boolean contentDiscovery;
  final boolean referrers;

  private EmbeddedRegistryOptions(Builder builder) {
    address = builder.address;
    port = builder.port;
    hostName = builder.hostName.isEmpty() ? literal(address) : builder.hostName;
    folder = builder.folder;
    readOnly = builder.readOnly;
    passwords = new Passwords(builder.passwords);
    grants = List.copyOf(builder.grants);
    tokens = builder.tokens;
    tokenLifetime = builder.tokenLifetime;
    tls = builder.tls;
    requestListener = builder.requestListener;
    maxConnections = builder.maxConnections;
    requestTimeout = builder.requestTimeout;
    manifestLimit = builder.manifestLimit;
    blobLimit = builder.blobLimit;
    pageSize = builder.pageSize;
    contentDiscovery = builder.contentDiscovery;
    referrers = builder.referrers;
  }

  private static String literal(InetAddress address) {
    var text = address.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }

  /** The options of a registry in memory, open to everybody on this machine. */
  public static EmbeddedRegistryOptions defaults() {
    return builder().build();
  }

  /** Starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Puts options together. */
  public static final class Builder {
    private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

    private InetAddress address = InetAddress.getLoopbackAddress();
    private boolean remote;
    private int port;
    private String hostName = "";
    private @Nullable Path folder;
    private boolean readOnly;
    private final Map<String, PasswordCheck> passwords = new LinkedHashMap<>();
    private final List<AccessRule> grants = new ArrayList<>();
    private boolean tokens;
    private Duration tokenLifetime = Duration.ofMinutes(5);
    private @Nullable SSLContext tls;
    private Consumer<ServedRequest> requestListener = request -> {};
    private int maxConnections = 512;
    private Duration requestTimeout = Duration.ofSeconds(30);
    private int manifestLimit = Manifest.MAX_SIZE;
    private long blobLimit = Long.MAX_VALUE;
    private int pageSize = 1000;
    private boolean contentDiscovery = true;
    private boolean referrers = true;

    private Builder() {}

    /** The port; 0, the default, takes a free one. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** The address to listen on; one that isn't loopback needs {@link #allowRemote} too. */
    public Builder address(InetAddress where) {
      address = where;
      return this;
    }

    /** Lets other machines reach the registry, if its address does. */
    public Builder allowRemote() {
      remote = true;
      return this;
    }

    /** The name that {@link EmbeddedRegistry#host} gives instead of the address. */
    public Builder hostName(String name) {
      hostName = name;
      return this;
    }

    /**
     * Keeps the content in a folder instead of memory, each repository as an image layout in the
     * folder of its name. If the folder is a layout itself, that is a repository with the folder's
     * name. Content survives a crash; what is there is served.
     */
    public Builder folder(Path where) {
      folder = where;
      return this;
    }

    /** Refuses what would change something. */
    public Builder readOnly() {
      readOnly = true;
      return this;
    }

    /**
     * Adds a user who may do everything. As soon as there is a user, the registry asks who is
     * there: by basic authentication, or by tokens.
     */
    public Builder user(String name, String password) {
      return user(name, password, "*", EnumSet.allOf(Permission.class));
    }

    /**
     * Adds a user, or more rights for one.
     *
     * @param repositories a repository's name, or the beginning of names and a {@code *}
     */
    public Builder user(String name, String password, String repositories, Set<Permission> rights) {
      if (name.isEmpty() || name.contains(":")) {
        throw new IllegalArgumentException("a user's name is not empty and has no ':'");
      }
      passwords.put(name, PasswordCheck.plain(password));
      grants.add(new AccessRule(name, repositories, rights));
      return this;
    }

    /**
     * Adds the users of a file that {@code htpasswd -B} wrote; each may do everything. Needs {@code
     * org.bouncycastle:bcprov-jdk18on}. The file is read now, and not again.
     *
     * @throws IOException if the file can't be read, or holds a line without a bcrypt hash
     * @throws IllegalStateException if Bouncy Castle, an optional dependency, is missing
     */
    public Builder htpasswd(Path file) throws IOException {
      for (var entry : Htpasswd.read(file).entrySet()) {
        passwords.put(entry.getKey(), entry.getValue());
        grants.add(new AccessRule(entry.getKey(), "*", EnumSet.allOf(Permission.class)));
      }
      return this;
    }

    /**
     * Gives rights to those who don't say who they are. The registry then knows users.
     *
     * @param repositories a repository's name, or the beginning of names and a {@code *}
     */
    public Builder anonymous(String repositories, Set<Permission> rights) {
      grants.add(new AccessRule("", repositories, rights));
      return this;
    }

    /** Asks for tokens, which its own {@code /token} gives to users, not for passwords. */
    public Builder tokenAuthentication() {
      tokens = true;
      return this;
    }

    /** How long a token is good; 5 minutes unless told. */
    public Builder tokenLifetime(Duration lifetime) {
      tokenLifetime = lifetime;
      return this;
    }

    /** Speaks TLS. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /**
     * Speaks TLS with the key and the certificates of a key store.
     *
     * @throws GeneralSecurityException if the key can't be used
     */
    public Builder tls(KeyStore store, char[] keyPassword) throws GeneralSecurityException {
      return tls(ServerCertificate.context(store, keyPassword));
    }

    /**
     * Speaks TLS with a certificate and its key, both PEM.
     *
     * @param certificates the certificate, and those that lead from it to what clients trust
     * @param key its key, RSA, EC or EdDSA, without a passphrase: PKCS #8, PKCS #1 or SEC 1
     * @throws IOException if they can't be read, are malformed, or don't fit together
     */
    public Builder tls(Path certificates, Path key) throws IOException {
      return tls(ServerCertificate.read(certificates, key));
    }

    /**
     * Sees each request, one after the other, just before its answer goes out: a client that has
     * its answer finds the request there. It is called on the registry's threads and must be quick.
     */
    public Builder requestListener(Consumer<ServedRequest> listener) {
      requestListener = listener;
      return this;
    }

    /**
     * The most connections at a time; 512 unless told. Each takes a thread. A client that comes
     * when there are so many takes the place of the connection that has been idle for the longest
     * time, and waits only while all of them are at work.
     */
    public Builder maxConnections(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("maxConnections is at least 1: " + count);
      }
      maxConnections = count;
      return this;
    }

    /**
     * How long a client may take to send the head of a request, and pause while it sends the body;
     * 30 seconds unless told. The answer is then 408, and the connection is closed.
     */
    public Builder requestTimeout(Duration time) {
      if (time.isNegative() || time.isZero() || time.compareTo(MAX_TIMEOUT) > 0) {
        throw new IllegalArgumentException("requestTimeout is at most a day: " + time);
      }
      requestTimeout = time;
      return this;
    }

    /** The largest manifest in bytes, at most and by default 4 MiB. */
    public Builder manifestLimit(int bytes) {
      if (bytes < 1 || bytes > Manifest.MAX_SIZE) {
        throw new IllegalArgumentException("a manifest's limit is 1 to " + Manifest.MAX_SIZE);
      }
      manifestLimit = bytes;
      return this;
    }

    /** The largest blob in bytes; without a limit unless told. */
    public Builder blobLimit(long bytes) {
      blobLimit = bytes;
      return this;
    }

    /** The most tags, referrers or repositories in one answer; 1000 unless told. */
    public Builder pageSize(int count) {
      if (count < 1) {
        throw new IllegalArgumentException("a page has at least one entry");
      }
      pageSize = count;
      return this;
    }

    /**
     * Makes a mount that doesn't say from where start an upload, as most registries do. Otherwise
     * the blob is looked for in all repositories that the user may read.
     */
    public Builder withoutContentDiscovery() {
      contentDiscovery = false;
      return this;
    }

    /**
     * Keeps no list of what refers to a manifest, as registries from before version 1.1 of the
     * distribution-spec: clients then keep one under a tag.
     */
    public Builder withoutReferrers() {
      referrers = false;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if others could reach the registry and that isn't allowed
     */
    public EmbeddedRegistryOptions build() {
      if (!address.isLoopbackAddress() && !remote) {
        throw new IllegalArgumentException(
            address.getHostAddress() + " is no loopback address; allowRemote() is needed for it");
      }
      if (tokens && grants.isEmpty()) {
        throw new IllegalArgumentException("tokens need users");
      }
      return new EmbeddedRegistryOptions(this);
    }
  }
}
