package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.ByteSize;
import io.github.tugoci.cli.shell.InvalidInputException;
import io.github.tugoci.helm.ChartLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How large the files of a chart may be. */
public final class ChartLimitsOption {
  public static final String NAME = "--max-file-size";

  /** An array, in which a file is read, is no longer. */
  private static final long MOST = Integer.MAX_VALUE - 8;

  @Option(
      names = NAME,
      paramLabel = "SIZE",
      description =
          "Accept files in a chart up to this size, such as 5MiB or 1GiB (default: 100MiB, as Helm"
              + " 4); a larger value also raises the limit of the whole chart.")
  private @Nullable String maxFileSize;

  public ChartLimits limits() {
    if (maxFileSize == null) {
      return ChartLimits.HELM;
    }
    var bytes = ByteSize.parse(maxFileSize);
    if (bytes.isEmpty() || bytes.getAsLong() < 1 || bytes.getAsLong() > MOST) {
      throw new InvalidInputException(
          "invalid %s \"%s\"".formatted(NAME, maxFileSize),
          "write a size from 1 byte to 2047MiB, such as 5MiB or 1GiB");
    }
    return ChartLimits.HELM.withFileSize(bytes.getAsLong());
  }
}
