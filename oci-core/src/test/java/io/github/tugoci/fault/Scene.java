package io.github.tugoci.fault;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.auth.Keychain;
import io.github.tugoci.content.ContentSource;
import io.github.tugoci.content.ContentTarget;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.copy.CopyOptions;
import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.fixture.Certificates;
import io.github.tugoci.fixture.Exchange;
import io.github.tugoci.fixture.Fault;
import io.github.tugoci.fixture.RecordingProxy;
import io.github.tugoci.fixture.SampleCharts;
import io.github.tugoci.fixture.SampleImages;
import io.github.tugoci.helm.Chart;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartPackager;
import io.github.tugoci.layout.OciLayout;
import io.github.tugoci.net.RetryPolicy;
import io.github.tugoci.net.TimeSource;
import io.github.tugoci.net.TransportOptions;
import io.github.tugoci.reference.Selector;
import io.github.tugoci.reference.Tag;
import io.github.tugoci.registry.RegistryClient;
import io.github.tugoci.registry.Repository;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A registry that wants tokens, a network before it that breaks, and what is moved over it. */
final class Scene implements AutoCloseable {
  static final String TAG = "1.0.0";
  private static final Credential.Password LOGIN =
      new Credential.Password("alice", "wonderland", "the test");
  static final CopyOptions ONE_BY_ONE = CopyOptions.builder().concurrency(1).build();

  /** Longer than an honest answer takes, even on a machine that has stood still for a moment. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String host;
  private final Closeable server;
  private final Kind kind;
  final RecordingProxy wire;

  /** Another server with the same content, which needs no login, as a registry's storage does. */
  private final RecordingProxy elsewhere;

  final SampleImages images;
  final ChartArchive chart;
  final ChartArchive oldChart;
  private final RegistryClient direct;
  private final Path folder;
  private final AtomicInteger runs = new AtomicInteger();

  /** What a scene is like. */
  enum Kind {
    PLAIN,
    /** An image that no connection's buffers hold. */
    LARGE,
    /** TLS all the way; the other server has none. */
    ENCRYPTED
  }

  /** Over the embedded registry. */
  Scene(Path folder, Kind kind) throws IOException, GeneralSecurityException {
    this(folder, embedded(kind), kind);
  }

  private Scene(Path folder, EmbeddedRegistry registry, Kind kind)
      throws IOException, GeneralSecurityException {
    this(folder, registry.uri(), registry::close, kind);
  }

  /**
   * Over any registry that gives tokens.
   *
   * @param server is closed with the scene
   */
  Scene(Path folder, URI uri, Closeable server) throws IOException, GeneralSecurityException {
    this(folder, uri, server, Kind.PLAIN);
  }

  private Scene(Path folder, URI uri, Closeable server, Kind kind)
      throws IOException, GeneralSecurityException {
    this.folder = Files.createDirectories(folder);
    this.host = uri.getAuthority();
    this.server = server;
    this.kind = kind;
    wire =
        kind == Kind.ENCRYPTED ? RecordingProxy.encryptedBefore(uri) : RecordingProxy.before(uri);
    elsewhere = RecordingProxy.before(uri);
    elsewhere.sign(new Signature(uri, LOGIN)::authorization);
    wire.otherPort(elsewhere);
    images =
        SampleImages.in(folder.resolve("images"))
            .image("new", kind == Kind.LARGE ? 8 << 20 : 100_000, 1000)
            .image("old", 500);
    chart = packed("new", "new text");
    oldChart = packed("old", "old text");
    direct = client(host);
  }

  private static EmbeddedRegistry embedded(Kind kind) throws IOException, GeneralSecurityException {
    var options =
        EmbeddedRegistryOptions.builder().user("alice", "wonderland").tokenAuthentication();
    if (kind == Kind.ENCRYPTED) {
      options.tls(Certificates.shared().serverContext());
    }
    return EmbeddedRegistry.start(options.build());
  }

  /** Forgets what happened and what was to happen. */
  void reset() {
    wire.reset();
    elsewhere.reset();
    elsewhere.failAll((method, target) -> target.matches(".*hops=[1-9].*"), new Fault.Hop());
    elsewhere.failAll(
        (method, target) -> target.contains("login"),
        new Fault.Answer(
            401,
            Map.of("WWW-Authenticate", "Basic realm=\"a\", Bearer realm=\"http://{host}/token\"")));
  }

  /** What another server got that isn't for it: any credential, and anything without encryption. */
  List<Exchange> leaks() {
    return elsewhere.exchanges().stream()
        .filter(
            exchange ->
                kind == Kind.ENCRYPTED
                    || exchange.requestHeaders().containsKey("authorization")
                    || exchange.target().startsWith("/token"))
        .toList();
  }

  private ChartArchive packed(String where, String text) throws IOException {
    var source = SampleCharts.write(folder.resolve(where), "shop", TAG);
    Files.writeString(source.resolve("NOTES.txt"), text);
    return ChartPackager.reproducible().pack(Chart.read(source));
  }

  /** One run: places of its own, and a client that knows nothing of the runs before. */
  final class Run implements AutoCloseable {
    private final String name;
    private final String host;
    final Path place;
    private final RegistryClient client;
    private final boolean ownsClient;
    private String remembered = "";

    Run(String host) throws IOException {
      this(host, PATIENCE);
    }

    /** The same with a client that waits no longer for what has stalled. */
    Run(String host, Duration patience) throws IOException {
      int number = runs.incrementAndGet();
      this.host = host;
      this.name = "run" + number + "/";
      place = Files.createDirectory(folder.resolve("place" + number));
      client = Scene.this.client(host, patience);
      ownsClient = true;
    }

    /** A run in repositories that others had before, with a client that others use too. */
    Run(String name, RegistryClient client) throws IOException {
      this.host = wire.host();
      this.name = name;
      place = Files.createDirectory(folder.resolve("place" + runs.incrementAndGet()));
      this.client = client;
      ownsClient = false;
    }

    /** A repository, over the network that breaks. */
    Repository over(String last) {
      return client.repository(host + "/" + name + last);
    }

    /** The same repository as the registry has it. */
    Repository direct(String last) {
      return direct.repository(Scene.this.host + "/" + name + last);
    }

    RegistryClient client() {
      return client;
    }

    String host() {
      return host;
    }

    OciLayout layout() throws IOException {
      return OciLayout.open(images.layout());
    }

    /** What a tag stands for in the registry; empty if there is none. */
    String tagged(String last, String tag) throws IOException {
      return direct(last)
          .manifests()
          .head(new Tag(tag))
          .map(found -> found.digest().toString())
          .orElse("");
    }

    void remember(String digest) {
      remembered = digest;
    }

    String remembered() {
      return remembered;
    }

    @Override
    public void close() {
      if (ownsClient) {
        client.close();
      }
    }
  }

  static void copy(ContentSource source, String selector, ContentTarget target, String... tags)
      throws IOException {
    Copier.copy(source, Selector.parse(selector), target, List.of(tags), ONE_BY_ONE);
  }

  /** A client that waits for every honest answer. */
  RegistryClient client(String host) {
    return client(host, PATIENCE);
  }

  private RegistryClient client(String host, Duration patience) {
    var options =
        TransportOptions.builder()
            .plainHttp(kind != Kind.ENCRYPTED)
            .connectTimeout(Duration.ofSeconds(5))
            .readTimeout(patience)
            .retryPolicy(RetryPolicy.defaults().withRetries(3))
            .timeSource(new Waitless());
    if (kind == Kind.ENCRYPTED) {
      options.caFile(Certificates.shared().authorityFile());
    }
    return RegistryClient.create(options.build(), Keychain.of(host, LOGIN));
  }

  /** Time that passes at once where somebody waits. */
  private static final class Waitless implements TimeSource {
    private final AtomicLong waited = new AtomicLong();

    @Override
    public long nanoTime() {
      return System.nanoTime() + waited.get();
    }

    @Override
    public void sleep(Duration time) {
      waited.addAndGet(time.toNanos());
    }

    @Override
    public long random(long most) {
      return most / 2;
    }
  }

  @Override
  public void close() throws IOException {
    direct.close();
    wire.close();
    elsewhere.close();
    server.close();
  }
}
