package io.github.tugoci.cli.command;

import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.fixture.Fuzz;
import org.junit.jupiter.api.Test;

/** Lists of copies with any mistake. */
class CopyListFuzzTest {
  @Test
  void lists() throws Exception {
    Fuzz.of("copy-list")
        .may(InvalidInputException.class)
        .seeds(
            "# comment\nghcr.io/acme/app:1 localhost:5000/app:1\nghcr.io/acme/web:2\n",
            "oci://ghcr.io/a/b:1 # why\nh.example/a/b@sha256:" + "0123456789abcdef".repeat(4))
        .texts(text -> ListedCopies.CopyList.parse(text, "list", "h.example/mirror"));
  }
}
