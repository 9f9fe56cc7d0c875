package io.github.tugoci.provenance;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.model.Bytes;
import org.junit.jupiter.api.Test;

/** Provenance files of anybody. */
class ClearSignedFuzzTest {
  @Test
  void files() throws Exception {
    Fuzz.of("clear-signed")
        .may(OciException.class)
        .seeds(
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nname: a\n- -x\n\n...\nfiles:\n  a.tgz: "
                + "sha256:aa\n-----BEGIN PGP SIGNATURE-----\n\nwsBcBAEBCgAQBQJ=\n=abcd\n"
                + "-----END PGP SIGNATURE-----\n")
        .run(bytes -> ClearSigned.parse(Bytes.of(bytes), "a.prov"));
  }
}
