package io.github.tugoci.cli.doctor;

import io.github.tugoci.cli.doctor.DoctorReport.Check;
import io.github.tugoci.error.NetworkException;
import io.github.tugoci.error.RequestLine;
import io.github.tugoci.net.ProbeResult;
import io.github.tugoci.registry.RegistryClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way to a host, whoever asks: names, proxy, connection, certificate, clock, limits.
 *
 * @param client asks
 * @param host the registry
 * @param now the time of this machine
 */
record ConnectivityChecks(RegistryClient client, String host, Instant now) {
  private static final Duration SOON = Duration.ofDays(14);
  private static final Duration SKEW = Duration.ofMinutes(1);
  private static final List<String> LIMITS =
      List.of(
          "RateLimit-Limit", "RateLimit-Remaining", "X-RateLimit-Limit", "X-RateLimit-Remaining");

  /** Whether the host answers. */
  boolean run(DoctorReport report) {
    var route = client.proxyRoute(host);
    if (route.proxy() == null) {
      report.add(Check.ok("proxy", "none: direct connection to " + route.origin().getHost()));
      if (!report.ask("dns", () -> dns(route.origin()))) {
        return false;
      }
    } else {
      report.add(Check.ok("proxy", route.proxy() + ", which also resolves host names"));
    }
    var reached = new ProbeResult[1];
    boolean answers =
        report.ask(
            "connection",
            () -> {
              reached[0] = client.probe(host);
              return connection(route.origin(), reached[0]);
            });
    if (answers) {
      report.add(certificate(reached[0].certificate()));
      report.add(clock(reached[0]));
      limits(reached[0]).ifPresent(report::add);
    }
    return answers;
  }

  private Check dns(URI origin) throws IOException {
    try {
      var addresses = InetAddress.getAllByName(origin.getHost());
      return Check.ok(
          "dns",
          origin.getHost()
              + " is "
              + Arrays.stream(addresses)
                  .map(InetAddress::getHostAddress)
                  .collect(Collectors.joining(", ")));
    } catch (UnknownHostException e) {
      throw new NetworkException(
          "unknown host: " + origin.getHost(), RequestLine.of("GET", origin), 1, e);
    }
  }

  private static Check connection(URI origin, ProbeResult reach) {
    var text = "%s answers %d in %d ms".formatted(origin, reach.status(), reach.took().toMillis());
    boolean registry = reach.status() == 200 || reach.status() == 401;
    return registry
        ? Check.ok("connection", text)
        : Check.warn(
            "connection",
            text,
            "a registry answers 200 or 401 at /v2/: check the host and its port");
  }

  private Check certificate(@Nullable X509Certificate certificate) {
    if (certificate == null) {
      return Check.warn(
          "certificate",
          "none: the connection isn't encrypted",
          "leave --plain-http out, unless the registry runs on this machine");
    }
    var end = certificate.getNotAfter().toInstant();
    var text =
        "valid until %s, by %s"
            .formatted(
                DateTimeFormatter.ISO_LOCAL_DATE.format(end.atOffset(ZoneOffset.UTC)),
                certificate.getIssuerX500Principal().getName());
    return Duration.between(now, end).compareTo(SOON) < 0
        ? Check.warn("certificate", text, "it expires soon: tell the registry's operator")
        : Check.ok("certificate", text);
  }

  private Check clock(ProbeResult reach) {
    Instant there;
    try {
      there =
          reach
              .headers()
              .first("Date")
              .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
              .orElse(null);
    } catch (DateTimeParseException e) {
      there = null;
    }
    if (there == null) {
      return Check.ok("clock", "unknown: the registry sends no date");
    }
    var skew = Duration.between(there, now);
    return skew.abs().compareTo(SKEW) > 0
        ? Check.warn(
            "clock",
            "this machine's clock is %d s %s"
                .formatted(skew.abs().toSeconds(), skew.isNegative() ? "behind" : "ahead"),
            "set the clock: tokens and certificates are valid for a limited time")
        : Check.ok("clock", "in agreement with the registry's");
  }

  private static Optional<Check> limits(ProbeResult reach) {
    var told =
        LIMITS.stream()
            .flatMap(name -> reach.headers().first(name).stream().map(value -> name + " " + value))
            .collect(Collectors.joining(", "));
    return told.isEmpty() ? Optional.empty() : Optional.of(Check.ok("rate limit", told));
  }
}
