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
            """
            apiVersion: v1
            entries:
              shop:
              - name: shop
                version: 1.0.0
                urls: [shop-1.0.0.tgz, 'https://h/x.tgz']
                digest: aa
                created: 2020-01-01T00:00:00Z
            """)
        .run(bytes -> ChartRepositoryIndex.parse(Bytes.of(bytes), "index.yaml"));
  }
}
