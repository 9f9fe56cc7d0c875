package io.github.tugoci.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.tugoci.embedded.EmbeddedRegistry;
import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.file.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry that {@link ClassArchiveTraining} talks to, with and without TLS. It runs in a
 * separate process, so that the archive holds no server classes: each start links every class in
 * the archive, and only {@code serve} needs those. The process ends when its parent does.
 */
final class TrainingRegistry implements AutoCloseable {
  static final String USER = "ada";
  static final String PASSWORD = "of-the-training";

  /** A certificate for localhost and its authority, valid until 9999; trusted by nobody else. */
  private static final String CERTIFICATES =
      """
      -----BEGIN CERTIFICATE-----
      MIIBpzCCAUygAwIBAgIBAjAKBggqhkjOPQQDAjAhMR8wHQYDVQQDDBZUdWcgdHJh
      aW5pbmcgYXV0aG9yaXR5MCAXDTcwMDEwMTAwMDAwMFoYDzk5OTkxMjMxMjM1OTU5
      WjAXMRUwEwYDVQQDDAxUdWcgdHJhaW5pbmcwWTATBgcqhkjOPQIBBggqhkjOPQMB
      BwNCAAThOAC+r2p97eTd34dOStzCcb8Gnoz8LF75iQhL7DOyYBZXJDSaN32jbjV6
      ec9zPNJM4SmBvZoZZ1sIsdNu1WgBo30wezAUBgNVHREEDTALgglsb2NhbGhvc3Qw
      EwYDVR0lBAwwCgYIKwYBBQUHAwEwDgYDVR0PAQH/BAQDAgeAMB8GA1UdIwQYMBaA
      FPTKiCn/FiAOw23xFIaaZhawQmP7MB0GA1UdDgQWBBQIJVbifHOu8wMEiSWS2ixt
      0GyjKTAKBggqhkjOPQQDAgNJADBGAiEApHHJBtlMwrkB9JmOWrNlmxbU1Rwlu659
      Z/PS29FqAjUCIQDXcRX0bXeQjKtg0qTBrlljeSvWoFA1XEQoHfp73/enNw==
      -----END CERTIFICATE-----
      -----BEGIN CERTIFICATE-----
      MIIBdTCCARugAwIBAgIBATAKBggqhkjOPQQDAjAhMR8wHQYDVQQDDBZUdWcgdHJh
      aW5pbmcgYXV0aG9yaXR5MCAXDTcwMDEwMTAwMDAwMFoYDzk5OTkxMjMxMjM1OTU5
      WjAhMR8wHQYDVQQDDBZUdWcgdHJhaW5pbmcgYXV0aG9yaXR5MFkwEwYHKoZIzj0C
      AQYIKoZIzj0DAQcDQgAE+1A4jylJjQqTrSXsTDQDe508w8ykeH62/tq+KzAD6sif
      d2XKnWKI5v9zT1zQjzpZIc9UshuzmLUKwNJXf6B0cqNCMEAwDwYDVR0TAQH/BAUw
      AwEB/zAOBgNVHQ8BAf8EBAMCAgQwHQYDVR0OBBYEFPTKiCn/FiAOw23xFIaaZhaw
      QmP7MAoGCCqGSM49BAMCA0gAMEUCIQDoAzueDpdaRGRd2iGwvDrUpcmxwmSCFHKR
      mWaP/R4nSAIgWdtsQ6+eD+IXdYZTHfifuRtbhxJjSfAfZE+V9q7yFJg=
      -----END CERTIFICATE-----
      """;

  /** The certificate's private key, a known number: it protects nothing. */
  private static final long KEY = 987_654_321;

  private final Process process;
  private final List<String> hosts;

  private TrainingRegistry(Process process, List<String> hosts) {
    this.process = process;
    this.hosts = hosts;
  }

  /** Starts the process and waits until it serves; it writes files into the directory. */
  static TrainingRegistry start(Path directory) throws IOException, InterruptedException {
    Files.writeString(authority(directory), CERTIFICATES);
    var type = TrainingRegistry.class;
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    if (type.getModule().isNamed()) {
      command.add("--module=" + type.getModule().getName() + "/" + type.getName());
    } else {
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), type.getName()));
    }
    var ready = directory.resolve("hosts");
    command.add(ready.toString());
    var process = new ProcessBuilder(command).inheritIO().start();
    while (!Files.exists(ready)) {
      if (!process.isAlive()) {
        throw new IOException("the training's registry ended with " + process.exitValue());
      }
      Thread.sleep(20);
    }
    return new TrainingRegistry(process, Files.readAllLines(ready));
  }

  /** The certificates to trust, PEM. */
  static Path authority(Path directory) {
    return directory.resolve("authority.pem");
  }

  String host() {
    return hosts.get(0);
  }

  String tlsHost() {
    return hosts.get(1);
  }

  @Override
  public void close() {
    process.destroy();
  }

  /**
   * Serves until the parent process ends.
   *
   * @param args the file to write the two hosts to, when both are served
   */
  public static void main(String[] args) throws Exception {
    try (var plain = EmbeddedRegistry.start(options().build());
        var tls = EmbeddedRegistry.start(options().tls(keys(), new char[0]).build())) {
      var hosts = (plain.host() + "\n" + tls.host() + "\n").getBytes(US_ASCII);
      AtomicFile.write(Path.of(args[0]), out -> out.write(hosts));
      ProcessHandle.current().parent().orElseThrow().onExit().join();
    }
  }

  /** As most registries: with a name, and with tokens. */
  private static EmbeddedRegistryOptions.Builder options() {
    return EmbeddedRegistryOptions.builder()
        .hostName("localhost")
        .user(USER, PASSWORD)
        .tokenAuthentication();
  }

  private static KeyStore keys() throws GeneralSecurityException, IOException {
    var in = new ByteArrayInputStream(CERTIFICATES.getBytes(US_ASCII));
    var chain =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(in)
            .toArray(Certificate[]::new);
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("training", key(), new char[0], chain);
    return store;
  }

  private static PrivateKey key() throws GeneralSecurityException {
    var curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    var spec =
        new ECPrivateKeySpec(
            BigInteger.valueOf(KEY), curve.getParameterSpec(ECParameterSpec.class));
    return KeyFactory.getInstance("EC").generatePrivate(spec);
  }
}
