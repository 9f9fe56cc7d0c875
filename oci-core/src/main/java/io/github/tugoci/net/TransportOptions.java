package io.github.tugoci.net;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Options of the connections to registries.
 *
 * @param plainHttp whether to speak http; null does so with loopback hosts only
 * @param insecure whether any certificate is taken
 * @param caFile certificates in PEM form to trust besides the system's, or null
 * @param certificateFile the client's certificate chain in PEM form, or null
 * @param keyFile the client's key, PKCS#8 in PEM form, or null
 * @param connectTimeout the most time to connect, TLS included
 * @param readTimeout the most time without a byte from the registry; the answer to a body may take
 *     up to twice as long, and a second more for each 16 MiB
 * @param minBytesPerSecond the fewest bytes per second that a body moves while somebody waits for
 *     it
 * @param deadline the most time that all tries of one request have together, without pauses; a body
 *     of over 1 MiB, and what is streamed, have {@code minBytesPerSecond} instead
 * @param proxy which proxies to use
 * @param retryPolicy how often to try again
 * @param requestListener hears of each request
 * @param warnings hears what a person should know: a registry's warnings, a credential that was
 *     refused
 * @param hostMemory keeps what was learnt about registries
 * @param userAgent what we call ourselves
 * @param timeSource time and chance, by which retries wait
 * @param listLimits how much of a registry's list is read
 * @param realmPolicy which token servers may get a registry's credential
 * @param notes hears what explains the client's doing: where a password goes, what is waited for
 */
public record TransportOptions(
    @Nullable Boolean plainHttp,
    boolean insecure,
    @Nullable Path caFile,
    @Nullable Path certificateFile,
    @Nullable Path keyFile,
    Duration connectTimeout,
    Duration readTimeout,
    long minBytesPerSecond,
    Duration deadline,
    ProxySettings proxy,
    RetryPolicy retryPolicy,
    RequestListener requestListener,
    Consumer<String> warnings,
    HostMemory hostMemory,
    String userAgent,
    TimeSource timeSource,
    ListLimits listLimits,
    RealmPolicy realmPolicy,
    Consumer<String> notes) {

  /** Checks the numbers. */
  public TransportOptions {
    if (minBytesPerSecond < 0) {
      throw new IllegalArgumentException("minBytesPerSecond is negative: " + minBytesPerSecond);
    }
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException("the deadline isn't positive: " + deadline);
    }
  }

  /** All defaults: system certificates, no proxy, 10 s to connect, 60 s to wait. */
  public static TransportOptions defaults() {
    return builder().build();
  }

  /** A builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with these options. */
  public Builder toBuilder() {
    var builder =
        builder()
            .plainHttp(plainHttp)
            .insecure(insecure)
            .caFile(caFile)
            .connectTimeout(connectTimeout)
            .readTimeout(readTimeout)
            .minBytesPerSecond(minBytesPerSecond)
            .deadline(deadline)
            .proxy(proxy)
            .retryPolicy(retryPolicy)
            .requestListener(requestListener)
            .warnings(warnings)
            .hostMemory(hostMemory)
            .userAgent(userAgent)
            .timeSource(timeSource)
            .listLimits(listLimits)
            .realmPolicy(realmPolicy)
            .notes(notes);
    builder.certificateFile = certificateFile;
    builder.keyFile = keyFile;
    return builder;
  }

  /** Puts options together. */
  public static final class Builder {
    private @Nullable Boolean plainHttp;
    private boolean insecure;
    private @Nullable Path caFile;
    private @Nullable Path certificateFile;
    private @Nullable Path keyFile;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(60);
    private long minBytesPerSecond = 100;
    private Duration deadline = Duration.ofMinutes(3);
    private ProxySettings proxy = ProxySettings.NONE;
    private RetryPolicy retryPolicy = RetryPolicy.defaults();
    private RequestListener requestListener = RequestListener.NONE;
    private Consumer<String> warnings = warning -> {};
    private HostMemory hostMemory = HostMemory.NONE;
    private String userAgent = "tug";
    private TimeSource timeSource = TimeSource.SYSTEM;
    private ListLimits listLimits = ListLimits.defaults();
    private RealmPolicy realmPolicy = RealmPolicy.ANY;
    private Consumer<String> notes = note -> {};

    private Builder() {}

    /** Speaks http with every host, or with none; null leaves it to loopback hosts. */
    public Builder plainHttp(@Nullable Boolean plain) {
      plainHttp = plain;
      return this;
    }

    /** Takes any certificate, for any host name. */
    public Builder insecure(boolean anyCertificate) {
      insecure = anyCertificate;
      return this;
    }

    /** Trusts the certificates in a PEM file too. */
    public Builder caFile(@Nullable Path file) {
      caFile = file;
      return this;
    }

    /** Comes with a client certificate: its chain, and its PKCS#8 key, both in PEM form. */
    public Builder clientCertificate(Path chain, Path key) {
      certificateFile = chain;
      keyFile = key;
      return this;
    }

    /** Limits the time to connect. */
    public Builder connectTimeout(Duration most) {
      connectTimeout = most;
      return this;
    }

    /** Limits the time without a byte from the registry. */
    public Builder readTimeout(Duration most) {
      readTimeout = most;
      return this;
    }

    /**
     * Ends the transfer of a body that moves fewer bytes per second, measured over a quarter of the
     * read timeout where they trickle, and over two read timeouts of waiting where they come in
     * bursts; 0 for any.
     */
    public Builder minBytesPerSecond(long fewest) {
      minBytesPerSecond = fewest;
      return this;
    }

    /** Limits the time of all tries of one request together, without pauses. */
    public Builder deadline(Duration most) {
      deadline = most;
      return this;
    }

    /** Goes through proxies. */
    public Builder proxy(ProxySettings settings) {
      proxy = settings;
      return this;
    }

    /** Tries again by this policy. */
    public Builder retryPolicy(RetryPolicy policy) {
      retryPolicy = policy;
      return this;
    }

    /** Tells of each request. */
    public Builder requestListener(RequestListener listener) {
      requestListener = listener;
      return this;
    }

    /** Tells what a person should know; each thing once. */
    public Builder warnings(Consumer<String> listener) {
      warnings = listener;
      return this;
    }

    /** Keeps what was learnt about registries. */
    public Builder hostMemory(HostMemory memory) {
      hostMemory = memory;
      return this;
    }

    /** Says who asks, {@code PRODUCT/VERSION}. */
    public Builder userAgent(String product) {
      userAgent = product;
      return this;
    }

    /** Waits by another clock. */
    public Builder timeSource(TimeSource source) {
      timeSource = source;
      return this;
    }

    /** Limits the lists that are read. */
    public Builder listLimits(ListLimits limits) {
      listLimits = limits;
      return this;
    }

    /** Allows token servers. */
    public Builder realmPolicy(RealmPolicy policy) {
      realmPolicy = policy;
      return this;
    }

    /** Tells what explains the client's doing, on the thread that does it. */
    public Builder notes(Consumer<String> listener) {
      notes = listener;
      return this;
    }

    /** The options. */
    public TransportOptions build() {
      return new TransportOptions(
          plainHttp,
          insecure,
          caFile,
          certificateFile,
          keyFile,
          connectTimeout,
          readTimeout,
          minBytesPerSecond,
          deadline,
          proxy,
          retryPolicy,
          requestListener,
          warnings,
          hostMemory,
          userAgent,
          timeSource,
          listLimits,
          realmPolicy,
          notes);
    }
  }
}
