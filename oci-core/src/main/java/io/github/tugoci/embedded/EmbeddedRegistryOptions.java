package io.github.tugoci.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Options of an embedded registry. By default it listens on a free port of the loopback address,
 * keeps its content in memory, and grants all rights without authentication.
 *
 * @param address the address to listen on
 * @param allowRemote whether the address may be one that other machines reach
 * @param port the port; 0 for a free one
 * @param hostName the name in the registry's references; null for the address
 * @param folder the folder that keeps the content; null for memory
 * @param readOnly whether requests that change content are refused
 * @param users the users, their rights, and how they authenticate
 * @param tls the TLS context; null for plain HTTP
 * @param requestListener receives each request before its answer is sent
 * @param limits the connections, times and sizes that a client may use
 * @param contentDiscovery whether a mount without {@code from} searches all repositories
 * @param referrers whether the referrers API is served
 */
public record EmbeddedRegistryOptions(
    InetAddress address,
    boolean allowRemote,
    int port,
    @Nullable String hostName,
    @Nullable Path folder,
    boolean readOnly,
    RegistryUsers users,
    @Nullable SSLContext tls,
    Consumer<ServedRequest> requestListener,
    RegistryLimits limits,
    boolean contentDiscovery,
    boolean referrers) {

  /** Checks that an address that other machines reach is allowed. */
  public EmbeddedRegistryOptions {
    if (!allowRemote && !address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "invalid address %s: not a loopback address, which needs allowRemote()"
              .formatted(address.getHostAddress()));
    }
  }

  /** The host part of the registry's references: the name, else the address's literal. */
  String host() {
    if (hostName != null) {
      return hostName;
    }
    var text = address.getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }

  /** A registry in memory on a free loopback port, without authentication. */
  public static EmbeddedRegistryOptions defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    var builder = new Builder();
    builder.address = address;
    builder.allowRemote = allowRemote;
    builder.port = port;
    builder.hostName = hostName;
    builder.folder = folder;
    builder.readOnly = readOnly;
    builder.users = users.toBuilder();
    builder.tls = tls;
    builder.requestListener = requestListener;
    builder.limits = limits;
    builder.contentDiscovery = contentDiscovery;
    builder.referrers = referrers;
    return builder;
  }

  /** Builds options. */
  public static final class Builder {
    private InetAddress address = InetAddress.getLoopbackAddress();
    private boolean allowRemote;
    private int port;
    private @Nullable String hostName;
    private @Nullable Path folder;
    private boolean readOnly;
    private RegistryUsers.Builder users = new RegistryUsers.Builder();
    private @Nullable SSLContext tls;
    private Consumer<ServedRequest> requestListener = request -> {};
    private RegistryLimits limits = RegistryLimits.defaults();
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

    /** Allows an address that other machines reach. */
    public Builder allowRemote() {
      allowRemote = true;
      return this;
    }

    /** The name that {@link EmbeddedRegistry#host} gives instead of the address. */
    public Builder hostName(String name) {
      hostName = name;
      return this;
    }

    /**
     * Keeps the content in a folder instead of memory, each repository as an image layout in the
     * folder of its name. A folder that is an image layout itself is served as a repository with
     * the folder's name. Content survives a crash.
     */
    public Builder folder(Path where) {
      folder = where;
      return this;
    }

    /** Refuses every request that changes content. */
    public Builder readOnly() {
      readOnly = true;
      return this;
    }

    /**
     * Adds a user with all rights. A registry with users asks for authentication: basic, or by
     * tokens.
     */
    public Builder user(String name, String password) {
      return user(name, password, "*", EnumSet.allOf(Permission.class));
    }

    /**
     * Adds a user, or more rights for one.
     *
     * @param repositories a repository's name, or a prefix of names followed by {@code *}
     */
    public Builder user(String name, String password, String repositories, Set<Permission> rights) {
      users.user(name, password, repositories, rights);
      return this;
    }

    /**
     * Adds the users of a file that {@code htpasswd -B} wrote, each with all rights. Needs {@code
     * org.bouncycastle:bcprov-jdk18on}. The file is read once, by this call.
     *
     * @throws IOException if the file can't be read, or holds a line without a bcrypt hash
     * @throws IllegalStateException if Bouncy Castle, an optional dependency, is missing
     */
    public Builder htpasswd(Path file) throws IOException {
      users.htpasswd(file);
      return this;
    }

    /**
     * Grants rights to requests without credentials. The registry asks all others to authenticate.
     *
     * @param repositories a repository's name, or a prefix of names followed by {@code *}
     */
    public Builder anonymous(String repositories, Set<Permission> rights) {
      users.anonymous(repositories, rights);
      return this;
    }

    /** Authenticates by bearer tokens, which the registry's own {@code /token} issues to users. */
    public Builder tokenAuthentication() {
      users.tokens();
      return this;
    }

    /** The lifetime of a token; 5 minutes by default. */
    public Builder tokenLifetime(Duration lifetime) {
      users.tokenLifetime(lifetime);
      return this;
    }

    /** Serves TLS with this context. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /**
     * Serves TLS with the key and the certificates of a key store.
     *
     * @throws GeneralSecurityException if the key can't be used
     */
    public Builder tls(KeyStore store, char[] keyPassword) throws GeneralSecurityException {
      return tls(ServerCertificate.context(store, keyPassword));
    }

    /**
     * Serves TLS with a certificate and its key, both PEM.
     *
     * @param certificates the certificate, then its chain up to what clients trust
     * @param key its key, RSA, EC or EdDSA, without a passphrase: PKCS #8, PKCS #1 or SEC 1
     * @throws IOException if they can't be read, are malformed, or don't belong together
     */
    public Builder tls(Path certificates, Path key) throws IOException {
      return tls(ServerCertificate.read(certificates, key));
    }

    /**
     * Receives each request, one after the other, before its answer is sent: a client that has its
     * answer finds the request recorded. It runs on the registry's threads and must be quick.
     */
    public Builder requestListener(Consumer<ServedRequest> listener) {
      requestListener = listener;
      return this;
    }

    /** Limits what a client may use. */
    public Builder limits(RegistryLimits most) {
      limits = most;
      return this;
    }

    /**
     * Answers a mount without {@code from} with an upload session, as most registries do. Otherwise
     * the blob is searched in all repositories that the user may read.
     */
    public Builder withoutContentDiscovery() {
      contentDiscovery = false;
      return this;
    }

    /**
     * Serves no referrers API, as registries before version 1.1 of the distribution-spec: clients
     * then keep a fallback tag.
     */
    public Builder withoutReferrers() {
      referrers = false;
      return this;
    }

    /**
     * The options.
     *
     * @throws IllegalArgumentException if the address isn't loopback and {@link #allowRemote}
     *     wasn't called, or there are tokens but no users
     */
    public EmbeddedRegistryOptions build() {
      return new EmbeddedRegistryOptions(
          address,
          allowRemote,
          port,
          hostName,
          folder,
          readOnly,
          users.build(),
          tls,
          requestListener,
          limits,
          contentDiscovery,
          referrers);
    }
  }
}
