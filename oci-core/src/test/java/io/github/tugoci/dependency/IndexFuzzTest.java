package io.github.tugoci.dependency;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fuzz;
import io.github.tugoci.model.Bytes;
import org.junit.jupiter.api.Test;

/** What a chart repository may answer. */
class IndexFuzzTest {
  @Test
  void indexes() throws Exception {
    Fuzz.of("repository-index")
        .may(OciException.class)
        .seeds(
            "apiVersion: v1\nentries:\n  shop:\n  - name: shop\n    version: 1.0.0\n"
                + "    urls: [shop-1.0.0.tgz, 'https://h/x.tgz']\n    digest: aa\n"
                + "    created: 2020-01-01T00:00:00Z\n")
        .run(bytes -> ChartRepositoryIndex.parse(Bytes.of(bytes), "index.yaml"));
  }
}
