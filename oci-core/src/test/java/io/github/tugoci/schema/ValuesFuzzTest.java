package io.github.tugoci.schema;

import io.github.tugoci.error.OciException;
import io.github.tugoci.fixture.Fuzz;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What users set, and patterns of charts' schemas. */
class ValuesFuzzTest {
  @Test
  void setValues() throws Exception {
    for (var kind : List.of(SetReader.Kind.JSON, SetReader.Kind.TYPED, SetReader.Kind.TEXT)) {
      Fuzz.of("set-" + kind.name().toLowerCase(Locale.ROOT))
          .may(OciException.class)
          .seeds("a.b[0].c={1,2,x},d\\.e=null", "x={\"a\":[1,2]},y=1e3", "a[3][4]=,b=")
          .texts(text -> SetParser.parse(text, kind, new HashMap<>()));
    }
  }

  @Test
  void patterns() throws Exception {
    Fuzz.of("go-pattern")
        .may(IllegalArgumentException.class)
        .seeds("^[a-z\\d]+(?i:x|y){1,3}$", "\\pL\\x{1F600}[[:alpha:]]\\Q.\\E(?P<n>a*?)", "(?s).\\z")
        .texts(GoPattern::compile);
  }
}
