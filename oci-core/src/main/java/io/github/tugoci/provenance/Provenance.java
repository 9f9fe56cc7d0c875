package io.github.tugoci.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidYamlException;
import io.github.tugoci.helm.ChartArchive;
import io.github.tugoci.helm.ChartMedia;
import io.github.tugoci.helm.ChartMetadata;
import io.github.tugoci.model.Bytes;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.InvalidReferenceException;
import io.github.tugoci.text.FileName;
import io.github.tugoci.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A verified provenance file: a chart's signed metadata and the digest of its archive. It is Helm's
 * {@code .prov} file.
 *
 * <pre>{@code
 * var keyring = Keyring.open(Path.of("pubring.gpg"));
 * var provenance = Provenance.verify(bytes, "shop-1.2.0.tgz.prov", keyring, InstantSource.system());
 * provenance.check("shop-1.2.0.tgz", Path.of("build/shop-1.2.0.tgz"));
 * }</pre>
 *
 * @param metadata the chart's metadata
 * @param files the digest of each file that is spoken of, by its name
 * @param signer who signed
 */
public record Provenance(ChartMetadata metadata, Map<String, Digest> files, Signer signer) {
  /** Stands between the metadata and the files: the end of a document in YAML. */
  private static final String SEPARATOR = "\n...\n";

  /** Copies the map. */
  public Provenance {
    files = Map.copyOf(files);
  }

  /**
   * Reads a provenance whose signature is good.
   *
   * @param file the {@code .prov} file's bytes
   * @param what its name in error messages
   * @param keyring the keys whose owners are believed
   * @param clock says whether a key or signature has expired
   * @throws InvalidContentException if the signature is bad, expired or by no key of the keyring,
   *     or the text isn't what Helm writes
   */
  public static Provenance verify(Bytes file, String what, Keyring keyring, InstantSource clock)
      throws IOException {
    var message = ClearSigned.parse(file, what);
    var signer = keyring.verify(message, what, clock.instant());
    var text = message.text();
    int separator = text.indexOf(SEPARATOR);
    if (separator < 0) {
      throw new InvalidContentException("invalid provenance " + what + ": missing files");
    }
    var metadata = text.substring(0, separator + 1).getBytes(UTF_8);
    var files = text.substring(separator + SEPARATOR.length()).getBytes(UTF_8);
    return new Provenance(ChartMetadata.parse(metadata, what), files(files, what), signer);
  }

  private static Map<String, Digest> files(byte[] yaml, String what) throws IOException {
    var files = new LinkedHashMap<String, Digest>();
    try {
      if (Yaml.read(yaml, what) instanceof Map<?, ?> map
          && map.get("files") instanceof Map<?, ?> f) {
        for (var entry : f.entrySet()) {
          files.put(String.valueOf(entry.getKey()), Digest.parse(String.valueOf(entry.getValue())));
        }
      }
    } catch (InvalidYamlException | InvalidReferenceException e) {
      throw new InvalidContentException("invalid provenance " + what + ": malformed files", e);
    }
    return files;
  }

  /** What is to be signed for an archive, as Helm writes it byte for byte. */
  static String text(ChartArchive archive) {
    var file = FileName.of(archive.path());
    var files = Map.of("files", Map.of(file, archive.descriptor().digest().toString()));
    return new String(archive.metadata().toYaml().toArray(), UTF_8)
        + SEPARATOR
        + new String(Yaml.write(files), UTF_8);
  }

  /**
   * Checks that a file is the one that was signed.
   *
   * @param name what it was called when it was signed; a chart that was renamed isn't known
   * @param archive the file
   * @return its digest
   * @throws InvalidContentException if it isn't
   */
  public Digest check(String name, Path archive) throws IOException {
    var expected = files.get(name);
    if (expected == null) {
      throw new InvalidContentException(
          "the provenance speaks of %s, not of %s: a file keeps the name that it was signed with"
              .formatted(String.join(", ", files.keySet()), name));
    }
    var actual = Descriptor.of(ChartMedia.CONTENT, archive).digest();
    if (!actual.equals(expected)) {
      throw new InvalidContentException(
          "%s should be %s by its provenance, but is %s".formatted(archive, expected, actual));
    }
    return actual;
  }
}
