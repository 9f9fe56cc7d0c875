package io.github.tugoci.consumer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tugoci.embedded.EmbeddedRegistryOptions;
import io.github.tugoci.helm.ChartLimits;
import io.github.tugoci.provenance.Keyring;
import io.github.tugoci.provenance.ProvenanceSigner;
import io.github.tugoci.schema.ValuesLint;
import io.github.tugoci.signature.SigningKey;
import io.github.tugoci.signature.VerificationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program is told that uses an optional part and lacks the part's library. */
class OptionalLibrariesTest {
  private final Path temp;

  OptionalLibrariesTest(@TempDir Path temp) {
    this.temp = temp;
  }

  @Test
  void verifyingNamesTheDependencyThatItNeeds() {
    assertThatThrownBy(() -> without("org.bouncycastle.", OpenKeyring.class).accept(temp))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("need org.bouncycastle:bcpg-jdk18on, an optional dependency");
  }

  @Test
  void signingNamesTheDependencyThatItNeeds() {
    assertThatThrownBy(() -> without("org.bouncycastle.", OpenSigner.class).accept(temp))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("need org.bouncycastle:bcpg-jdk18on, an optional dependency");
  }

  @Test
  void aSchemaNamesTheDependencyThatItNeeds() throws Exception {
    Files.writeString(temp.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
    Files.writeString(temp.resolve("values.yaml"), "replicas: 1\n");
    Files.writeString(temp.resolve("values.schema.json"), "{}");

    assertThatThrownBy(() -> without("com.networknt.", LintValues.class).accept(temp))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("need com.networknt:json-schema-validator, an optional dependency");
  }

  @Test
  void aFileOfPasswordsNamesTheDependencyThatItNeeds() {
    assertThatThrownBy(() -> without("org.bouncycastle.", ReadHtpasswd.class).accept(temp))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("need org.bouncycastle:bcprov-jdk18on, an optional dependency");
  }

  @Test
  void aPrivateKeyNamesTheDependencyThatItNeeds() throws Exception {
    Files.writeString(
        temp.resolve("cosign.key"), SigningKey.generate().toEncryptedPem(new char[0]));

    assertThatThrownBy(() -> without("org.bouncycastle.", ReadKey.class).accept(temp))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("need org.bouncycastle:bcprov-jdk18on, an optional dependency");
  }

  @Test
  void aPublicKeyNeedsNoOptionalDependency() throws Exception {
    Files.writeString(temp.resolve("cosign.pub"), SigningKey.generate().publicKey().toPem());

    assertThatCode(() -> without("org.bouncycastle.", ReadPublicKey.class).accept(temp))
        .doesNotThrowAnyException();
  }

  /** A program that sees none of a library's classes, as if its jar were missing. */
  @SuppressWarnings("unchecked")
  private static Consumer<Path> without(String library, Class<? extends Consumer<Path>> program)
      throws ReflectiveOperationException {
    var type = new Hiding(library).loadClass(program.getName());
    return (Consumer<Path>) type.getDeclaredConstructor().newInstance();
  }

  private static final class Hiding extends ClassLoader {
    private final String hidden;

    Hiding(String hidden) {
      super(OptionalLibrariesTest.class.getClassLoader());
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(hidden)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.github.tugoci.")) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        var bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Reads public keys. */
  public static final class OpenKeyring implements Consumer<Path> {
    @Override
    public void accept(Path folder) {
      unchecked(() -> Keyring.open(folder));
    }
  }

  /** Reads a secret key. */
  public static final class OpenSigner implements Consumer<Path> {
    @Override
    public void accept(Path folder) {
      unchecked(() -> ProvenanceSigner.open(folder, "", () -> new char[0], InstantSource.system()));
    }
  }

  /** Compares a chart's values with their schema. */
  public static final class LintValues implements Consumer<Path> {
    @Override
    public void accept(Path chart) {
      unchecked(() -> ValuesLint.lint(chart, ChartLimits.HELM));
    }
  }

  /** Reads the users of an embedded registry. */
  public static final class ReadHtpasswd implements Consumer<Path> {
    @Override
    public void accept(Path folder) {
      unchecked(() -> EmbeddedRegistryOptions.builder().htpasswd(folder.resolve("users")));
    }
  }

  /** Reads a private key. */
  public static final class ReadKey implements Consumer<Path> {
    @Override
    public void accept(Path folder) {
      unchecked(() -> SigningKey.read(folder.resolve("cosign.key"), () -> new char[0]));
    }
  }

  /** Reads a public key and verifies with it. */
  public static final class ReadPublicKey implements Consumer<Path> {
    @Override
    public void accept(Path folder) {
      unchecked(
          () ->
              VerificationKey.read(folder.resolve("cosign.pub")).verify(new byte[0], new byte[0]));
    }
  }

  private interface Reading {
    Object read() throws IOException;
  }

  private static void unchecked(Reading reading) {
    try {
      reading.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
