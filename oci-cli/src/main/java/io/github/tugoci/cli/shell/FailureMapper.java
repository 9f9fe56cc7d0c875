package io.github.tugoci.cli.shell;

import io.github.tugoci.error.AlreadyExistsException;
import io.github.tugoci.error.AuthenticationException;
import io.github.tugoci.error.InvalidChartException;
import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.InvalidLayerException;
import io.github.tugoci.error.InvalidVersionException;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.error.OciException;
import io.github.tugoci.error.RegistryException;
import io.github.tugoci.error.SignatureVerificationException;
import io.github.tugoci.file.UnfitFileException;
import io.github.tugoci.reference.InvalidReferenceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was thrown into what is told, from the special to the general: exceptions that bring
 * their own words; the library's family, whose exit code follows from the registry's answer or the
 * type; the file system's; interruptions; other I/O. What is left is a bug of ours.
 */
public final class FailureMapper {
  private FailureMapper() {}

  /** The failure that something thrown stands for, of a command that may have read from others. */
  public static Failure of(Throwable thrown, boolean downloads) {
    var failure = of(thrown);
    return thrown instanceof InvalidContentException && downloads && failure.hint() == null
        ? failure.withHint(
            "nothing was kept; try again, or report it to whoever maintains the source")
        : failure;
  }

  public static Failure of(Throwable thrown) {
    if (thrown instanceof InvalidReferenceException e) {
      return Failure.of(ExitCode.INVALID_INPUT, message(e), e.hint())
          .withContext(e.pointer().lines().toList());
    }
    if (thrown instanceof InvalidInputException e) {
      return Failure.of(ExitCode.INVALID_INPUT, message(e), e.hint());
    }
    if (thrown instanceof FailedException e) {
      return e.failure();
    }
    if (thrown instanceof SignatureVerificationException e) {
      return Failure.of(
              ExitCode.INVALID_CONTENT,
              e.summary(),
              "don't use it; \"tug sign\" signs what you have checked yourself")
          .withRefused(e.found(10), e.found(100));
    }
    if (thrown instanceof OciException e) {
      return of(e);
    }
    if (thrown instanceof FileSystemException e) {
      return of(e);
    }
    if (thrown instanceof InterruptedException
        || thrown instanceof InterruptedIOException
        || thrown instanceof ClosedByInterruptException
        || thrown instanceof CancellationException
        || thrown instanceof RejectedExecutionException) {
      return Failure.of(ExitCode.INTERRUPTED, "interrupted", null);
    }
    if (thrown instanceof IOException) {
      return Failure.of(ExitCode.FAILED, message(thrown), null);
    }
    if (thrown.getCause() instanceof IOException cause) {
      return of(cause);
    }
    return Failure.of(
        ExitCode.FAILED,
        "internal error: " + thrown,
        "this is a bug in tug; please report it with the output of -vv");
  }

  private static Failure of(OciException e) {
    var answer = cause(e, RegistryException.class);
    var network = cause(e, NetworkException.class);
    var exit = exitCode(e, answer);
    return new Failure(
        exit,
        message(e),
        network.map(n -> List.of(tries(n.attempts()))).orElse(List.of()),
        answer
            .map(RegistryException::request)
            .or(() -> network.map(NetworkException::request))
            .orElse(null),
        answer.map(RegistryException::status).orElse(0),
        answer.map(RegistryException::details).orElse(List.of()),
        advice(e, exit, answer, network).orElse(null),
        List.of());
  }

  private static Optional<String> advice(
      OciException e,
      ExitCode exit,
      Optional<RegistryException> answer,
      Optional<NetworkException> network) {
    if (e instanceof NotFoundException missing && !missing.platforms().isEmpty()) {
      return Optional.of(
          "choose one that is there: --platform " + String.join(" or ", missing.platforms()));
    }
    return e instanceof InvalidContentException content && content.isReceived()
        ? Optional.of("nothing was kept; try again, or report it to whoever maintains the source")
        : Advice.on(exit, answer, network);
  }

  private static String tries(int attempts) {
    return attempts == 1 ? "tried once" : "tried " + attempts + " times";
  }

  private static ExitCode exitCode(OciException e, Optional<RegistryException> answer) {
    if (answer.isPresent() && answer.get().status() == 429) {
      return ExitCode.RATE_LIMITED;
    }
    if (e instanceof NotFoundException) {
      return ExitCode.NOT_FOUND;
    }
    if (e instanceof AuthenticationException) {
      return ExitCode.DENIED;
    }
    if (e instanceof InvalidChartException
        || e instanceof InvalidVersionException
        || e instanceof InvalidLayerException) {
      return ExitCode.INVALID_INPUT;
    }
    if (e instanceof InvalidContentException) {
      return ExitCode.INVALID_CONTENT;
    }
    if (e instanceof NetworkException) {
      return ExitCode.NETWORK;
    }
    if (e instanceof AlreadyExistsException) {
      return ExitCode.EXISTS;
    }
    return answer.map(a -> exitCode(a.status())).orElse(ExitCode.FAILED);
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 401, 403 -> ExitCode.DENIED;
      case 404 -> ExitCode.NOT_FOUND;
      case 408 -> ExitCode.NETWORK;
      default -> status >= 500 ? ExitCode.NETWORK : ExitCode.FAILED;
    };
  }

  private static Failure of(FileSystemException e) {
    var file = e.getFile() == null ? "a file" : e.getFile();
    if (e instanceof UnfitFileException unfit) {
      return Failure.of(ExitCode.INVALID_INPUT, file + ": " + unfit.getReason(), unfit.hint());
    }
    if (e instanceof NotDirectoryException) {
      return Failure.of(ExitCode.INVALID_INPUT, "not a directory: " + file, null);
    }
    if (e instanceof NoSuchFileException) {
      return Failure.of(ExitCode.NOT_FOUND, file + " not found", null);
    }
    if (e instanceof FileAlreadyExistsException) {
      return Failure.of(
          ExitCode.EXISTS, file + " already exists", "remove it, or name another one");
    }
    if (e instanceof AccessDeniedException) {
      return Failure.of(
          ExitCode.FAILED,
          "no permission for " + file,
          "check its owner and permissions, or name another one");
    }
    var reason = e.getReason();
    return Failure.of(ExitCode.FAILED, file + ": " + (reason == null ? message(e) : reason), null);
  }

  private static String message(Throwable e) {
    var message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
    for (@Nullable Throwable e = thrown; e != null; e = e.getCause()) {
      if (type.isInstance(e)) {
        return Optional.of(type.cast(e));
      }
    }
    return Optional.empty();
  }
}
