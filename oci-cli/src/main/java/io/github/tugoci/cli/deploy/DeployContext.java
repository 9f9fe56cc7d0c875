package io.github.tugoci.cli.deploy;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.FailedException;
import io.github.tugoci.file.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a deployment is done with.
 *
 * @param session the command's
 * @param scratch for files
 * @param clearFailed whether a failed revision in the way may be cleared
 */
record DeployContext(CommandContext session, ScratchDirectory scratch, boolean clearFailed) {
  Tool kubectl(Policy policy) throws FailedException {
    return Tool.of(
        policy.kubectl(),
        List.of(List.of("kubectl"), List.of("k3s", "kubectl")),
        session.environment().variables());
  }

  Tool helm(Policy policy) throws FailedException {
    return Tool.of(policy.helm(), List.of(List.of("helm")), session.environment().variables());
  }

  /** A new file with this content, which only its owner can read. */
  Path file(String name, byte[] content) throws IOException {
    return Files.write(Files.createTempFile(scratch.path(), name, ""), content);
  }

  /** Tells how far it came; a line may be another program's. */
  void progress(String text) {
    if (session.progress() != CommandContext.Progress.NONE) {
      session.tell(text.replace("\t", "  "));
    }
  }
}
