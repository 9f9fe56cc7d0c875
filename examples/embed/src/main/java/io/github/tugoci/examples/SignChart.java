package io.github.tugoci.examples;

import io.github.tugoci.file.AtomicFile;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.provenance.Keyring;
import io.github.tugoci.provenance.Provenance;
import io.github.tugoci.provenance.ProvenanceSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Signs a packaged chart with a key that has no passphrase, and verifies it by the same keyring:
 * {@code SignChart shop-1.0.0.tgz secret.gpg alice@example.com}.
 */
public final class SignChart {
  private SignChart() {}

  public static void main(String... args) throws IOException {
    var archive = ChartArchive.open(Path.of(args[0]));
    var keys = Path.of(args[1]);
    var clock = InstantSource.system();
    var signer = ProvenanceSigner.open(keys, args[2], () -> new char[0], clock);
    var file = Path.of(args[0] + ".prov");
    var text = signer.sign(archive).toArray();
    AtomicFile.write(file, out -> out.write(text));

    var read = Bytes.of(Files.readAllBytes(file));
    var provenance = Provenance.verify(read, file.toString(), Keyring.open(keys), clock);
    var digest = provenance.check(archive.path().getFileName().toString(), archive.path());
    System.out.println(digest + " signed by " + provenance.signer().userIds());
  }
}
