package io.github.tugoci.net;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A registry's profile, known before the first request: it saves the requests that would find it
 * out. Wrong knowledge costs a request and is corrected; it holds no secret.
 *
 * @param tokenRealm where its tokens come from, or null if that isn't known
 * @param tokenService what its token server calls it, or null
 * @param basic whether it wants Basic authentication
 * @param mounts whether it understands the mounting of blobs
 * @param singlePost whether it may take a small blob with the POST that would open its upload
 * @param referrersApi whether it may have the referrers API
 * @param chunkSize the largest body that it takes at once, in bytes; 0 if there is no limit
 * @param packagesApi GitHub's REST API, where it deletes manifests through that; null if it deletes
 *     them itself
 */
public record HostProfile(
    @Nullable URI tokenRealm,
    @Nullable String tokenService,
    boolean basic,
    boolean mounts,
    boolean singlePost,
    boolean referrersApi,
    long chunkSize,
    @Nullable URI packagesApi) {

  /** What holds for a registry of which nothing is known. */
  public static final HostProfile UNKNOWN =
      new HostProfile(null, null, false, true, true, true, 0, null);

  private static final HostProfile GHCR =
      new HostProfile(
          URI.create("https://ghcr.io/token"),
          "ghcr.io",
          false,
          true,
          false,
          false,
          0,
          URI.create("https://api.github.com"));

  /** What is known of a public registry from the beginning. */
  public static HostProfile builtIn(String host) {
    return host.equals("ghcr.io") ? GHCR : UNKNOWN;
  }

  // By hand, as in Digest: a record's own are made while the program runs.
  @Override
  public boolean equals(Object other) {
    return other instanceof HostProfile that
        && Objects.equals(tokenRealm, that.tokenRealm)
        && Objects.equals(tokenService, that.tokenService)
        && basic == that.basic
        && mounts == that.mounts
        && singlePost == that.singlePost
        && referrersApi == that.referrersApi
        && chunkSize == that.chunkSize
        && Objects.equals(packagesApi, that.packagesApi);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        tokenRealm, tokenService, basic, mounts, singlePost, referrersApi, chunkSize, packagesApi);
  }

  /** The same with another token server; a null realm forgets it. */
  public HostProfile withTokens(@Nullable URI realm, @Nullable String service) {
    return new HostProfile(
        realm, service, basic, mounts, singlePost, referrersApi, chunkSize, packagesApi);
  }

  /** The same, with Basic authentication or without. */
  public HostProfile withBasic(boolean wanted) {
    return new HostProfile(
        tokenRealm, tokenService, wanted, mounts, singlePost, referrersApi, chunkSize, packagesApi);
  }

  /** The same, with mounts or without. */
  public HostProfile withMounts(boolean understood) {
    return new HostProfile(
        tokenRealm,
        tokenService,
        basic,
        understood,
        singlePost,
        referrersApi,
        chunkSize,
        packagesApi);
  }

  /** The same, with blobs in a single POST or without. */
  public HostProfile withSinglePost(boolean taken) {
    return new HostProfile(
        tokenRealm, tokenService, basic, mounts, taken, referrersApi, chunkSize, packagesApi);
  }

  /** The same, with the referrers API or without. */
  public HostProfile withReferrersApi(boolean there) {
    return new HostProfile(
        tokenRealm, tokenService, basic, mounts, singlePost, there, chunkSize, packagesApi);
  }

  /** The same with another limit of a body, in bytes. */
  public HostProfile withChunkSize(long bytes) {
    return new HostProfile(
        tokenRealm, tokenService, basic, mounts, singlePost, referrersApi, bytes, packagesApi);
  }
}
