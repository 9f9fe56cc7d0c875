package io.github.tugoci.cli.doctor;

import io.github.tugoci.auth.Credential;
import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.doctor.DoctorReport.Check;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Reference;
import io.github.tugoci.registry.Repository;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a credential allows on a repository: login, pull, push, referrers; and what needs none.
 *
 * @param connection asks with what is stored
 * @param anonymous asks without a credential
 * @param reference what is asked about
 * @param mayPush whether an upload is opened
 */
record PermissionChecks(
    ClientSession connection, ClientSession anonymous, Reference reference, boolean mayPush) {

  void run(DoctorReport report) {
    var found = new Found();
    boolean known = report.ask("credential", () -> credential(found));
    boolean trusted = found.credential != null && report.ask("token", this::token);
    boolean pulls = report.ask("pull", () -> pull(found));
    if (mayPush && known && found.credential != null) {
      report.ask("push", this::push);
    } else {
      report.add(Check.ok("push", "not checked" + (mayPush ? ": no credential" : "")));
    }
    var subject = found.manifest;
    if (subject != null) {
      report.ask("referrers", () -> referrers(subject));
    }
    if (pulls || trusted) {
      report.ask("visibility", this::visibility);
    }
  }

  /** What earlier answers told. */
  private static final class Found {
    private @Nullable Credential credential;
    private @Nullable Descriptor manifest;
  }

  private String host() {
    return reference.host();
  }

  private Repository repository() {
    return connection.repository(reference);
  }

  /** What a token is asked for, as token services write it. */
  private String scope(String actions) {
    return "repository:" + reference.repository() + ":" + actions;
  }

  private Check credential(Found found) throws IOException {
    found.credential = connection.credential(reference).orElse(null);
    return found.credential == null
        ? Check.warn(
            "credential",
            "none for " + host() + ": only what is public can be pulled",
            "\"tug login " + host() + "\"")
        : Check.ok("credential", found.credential.toString());
  }

  private Check token() throws IOException {
    connection.client().ping(host());
    return Check.ok(
        "token",
        connection.client().profile(host()).tokenRealm() == null
            ? host() + " accepts the credential, without tokens"
            : host() + " issues tokens for the credential");
  }

  private Check pull(Found found) throws IOException {
    var asked = "; asked for " + scope("pull");
    var selector = reference.selector();
    if (selector.isEmpty()) {
      return tags(asked);
    }
    found.manifest =
        repository()
            .manifests()
            .head(selector.get())
            .orElseThrow(() -> new NotFoundException(reference + " not found"));
    return Check.ok("pull", "%s is %s%s".formatted(selector.get(), found.manifest.digest(), asked));
  }

  /** A repository that doesn't exist yet may be pushed to. */
  private Check tags(String asked) throws IOException {
    try {
      return Check.ok("pull", repository().tags().list().size() + " tags" + asked);
    } catch (NotFoundException e) {
      return Check.warn("pull", "repository not found", "the first push creates it");
    }
  }

  private Check push() throws IOException {
    repository().blobs().checkPushAccess();
    return Check.ok("push", "an upload was opened and cancelled; asked for " + scope("pull,push"));
  }

  private Check referrers(Descriptor subject) throws IOException {
    var referrers = repository().referrers();
    boolean keptByTag = referrers.isKeptByTag(subject.digest());
    int count = referrers.list(subject.digest()).size();
    return Check.ok(
        "referrers",
        keptByTag
            ? count + ", by the fallback tag: the registry has no API for them"
            : count + ", by the registry's API");
  }

  private Check visibility() throws IOException {
    try {
      var open = anonymous.repository(reference);
      var selector = reference.selector();
      if (selector.isEmpty()) {
        open.tags().list();
      }
      return selector.isEmpty() || open.manifests().head(selector.get()).isPresent()
          ? Check.ok("visibility", "public: to pull needs no login")
          : Check.ok("visibility", "private: not visible without a login");
    } catch (AuthenticationException | NotFoundException e) {
      return Check.ok("visibility", "private: to pull needs a login");
    }
  }
}
