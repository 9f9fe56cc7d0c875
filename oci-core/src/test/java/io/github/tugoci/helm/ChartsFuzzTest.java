package io.github.tugoci.helm;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.fixture.SampleCharts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a chart's author may write. */
class ChartsFuzzTest {
  @Test
  void metadata() throws Exception {
    Fuzz.of("chart-yaml")
        .may(OciException.class)
        .seeds(
            """
            apiVersion: v2
            name: shop
            version: 1.2.0
            kubeVersion: '>=1.20'
            type: application
            dependencies:
            - name: db
              version: ^1
              repository: oci://h/a
              tags: [x]
            maintainers:
            - name: A
              email: a@b
            annotations: {a: "1"}
            keywords: [k]
            """)
        .run(bytes -> ChartMetadata.parse(bytes, "Chart.yaml").toYaml());
  }

  @Test
  void locks() throws Exception {
    Fuzz.of("chart-lock")
        .may(OciException.class)
        .seeds(
            """
            dependencies:
            - name: a
              repository: oci://h/a
              version: 1.0.0
            digest: sha256:aa
            generated: "2020-01-01T00:00:00Z"
            """)
        .run(bytes -> ChartLock.parse(bytes, "Chart.lock").toYaml());
  }

  @Test
  void patternsOfIgnoredFiles() throws Exception {
    Fuzz.of("helmignore")
        .may(IllegalArgumentException.class)
        .seeds("*.tmp\n!keep.tmp\n/build/\n# c\n[a-z]?x\n\\!x\n", "a/**/b\n[^]-x]\n")
        .texts(
            text -> {
              var rules = IgnoreRules.parse(text);
              rules.ignores("a".repeat(200) + "b", false);
              rules.ignores("templates/build/x.tmp", true);
            });
  }

  @Test
  void versionsAndConstraints() throws Exception {
    Fuzz.of("constraint")
        .seeds("^1.2.x || >=2.0.0-0 <3, !=2.5", "~1.2.3-beta.1+build", "1.2 - 2.3.4", "*")
        .texts(
            text -> {
              SemanticVersion.parse(text);
              SemanticVersion.parseStrict(text);
              var one = SemanticVersion.parse("1.2.3-beta.2").orElseThrow();
              VersionConstraint.parse(text).ifPresent(constraint -> constraint.allows(one));
            });
  }

  @Test
  void packages(@TempDir Path folder) throws Exception {
    var chart = Chart.read(SampleCharts.write(folder, "shop", "1.0.0"));
    var packed = ChartPackager.reproducible().write(chart, folder);
    var gzip = Files.readAllBytes(packed.path());
    Fuzz.of("chart-package")
        .may(OciException.class)
        .seed(gzip)
        .run(bytes -> Chart.read(new ByteArrayInputStream(bytes), ChartLimits.HELM, "chart"));
    var tar = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    Fuzz.of("chart-tar")
        .may(OciException.class)
        .seed(tar)
        .run(
            bytes -> {
              var out = new ByteArrayOutputStream();
              try (var packing = new GZIPOutputStream(out)) {
                packing.write(bytes);
              }
              var in = new ByteArrayInputStream(out.toByteArray());
              Chart.read(in, ChartLimits.HELM, "chart");
            });
  }
}
