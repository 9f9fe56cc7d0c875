package io.github.tugoci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tugoci.cli.HostileRegistry.Answer;
import io.github.tugoci.fixture.Certificates;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks without TLS for what has it, or without a certificate, is told the option. */
class TlsHintsTest {
  @TempDir private Path home;

  /** Loopback hosts are asked without TLS; this is what Go's servers say then. */
  @Test
  void aServerOnLoopbackMayHaveTls() throws Exception {
    var answer = new Answer(400, Map.of(), "Client sent an HTTP request to an HTTPS server.\n");
    try (var server = HostileRegistry.start((method, path, login) -> answer)) {
      assertThat(Run.in(home).tug("tags", server.host() + "/a").err())
          .contains("hint: the registry speaks TLS: --plain-http=false");
    }
  }

  @Test
  void aServerMayWantACertificate() throws Exception {
    var certificates = Certificates.shared();
    var sockets = certificates.serverContext().getServerSocketFactory();
    try (var server =
        (SSLServerSocket) sockets.createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      server.setNeedClientAuth(true);
      var thread = new Thread(() -> greet(server));
      thread.setDaemon(true);
      thread.start();
      var outcome =
          Run.in(home)
              .tug(
                  "tags",
                  "127.0.0.1:" + server.getLocalPort() + "/a",
                  "--plain-http=false",
                  "--ca-file=" + certificates.authorityFile());

      assertThat(outcome.failed(6).err())
          .contains("hint: the registry asks for a certificate that it knows: --cert-file");
    }
  }

  private static void greet(SSLServerSocket server) {
    try (var socket = server.accept()) {
      socket.getInputStream().read();
    } catch (IOException refused) {
      // as it should be
    }
  }
}
