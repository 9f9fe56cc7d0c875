package io.github.tugoci.bench.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A server's certificate for the loopback address, made by the JDK's keytool: P-256, as most
 * registries have.
 *
 * @param certificate PEM, which clients are to trust
 * @param key its key, PEM
 */
record Certificate(Path certificate, Path key) {
  private static final String PASSWORD = "of-the-bench";

  static Certificate make(Path folder) throws Exception {
    var store = folder.resolve("server.p12");
    var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Measured.run(
        folder,
        List.of(
            (keytool
                    + " -genkeypair -alias server -keyalg EC -groupname secp256r1 -dname"
                    + " CN=localhost -ext san=ip:127.0.0.1 -storetype PKCS12 -storepass "
                    + PASSWORD
                    + " -keystore "
                    + store)
                .split(" ")));
    var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new Certificate(
        pem(folder, "CERTIFICATE", keys.getCertificate("server").getEncoded()),
        pem(folder, "PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path folder, String what, byte[] content) throws IOException {
    return Files.writeString(
        folder.resolve(what.replace(' ', '-') + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, Base64.getMimeEncoder().encodeToString(content), what));
  }
}
