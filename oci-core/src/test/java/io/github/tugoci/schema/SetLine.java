package io.github.tugoci.schema;

import java.util.List;

/**
 * A line of one of Helm's options for values, and what the line changes in {@link #BEFORE}, as the
 * real Helms have it: asked with {@code helm template}.
 *
 * @param option the option without its dashes
 * @param line what is given with it
 * @param result the values that differ afterwards, as JSON, or {@code refused}
 * @param helm3 Helm 3's result, where it is another one
 * @param helm4 Helm 4's result, where it is another one
 */
record SetLine(String option, String line, String result, String helm3, String helm4) {
  static final String REFUSED = "refused";

  /** The values before, as YAML. */
  static final String BEFORE = "l: [{k: 1}, {k: 2}]\nm: {k: 1}\ns: text\nnul: null\n";

  private static final String TABLE =
      """
      set | a=1,b=2 | {"a":1,"b":2}
      set | a.b.c=x | {"a":{"b":{"c":"x"}}}
      set | a[1]=1 | {"a":[null,1]}
      set | a[0].b=1,a[0].c=2 | {"a":[{"b":1,"c":2}]}
      set | a[0][1]=x | {"a":[[null,"x"]]}
      set | a={} | {"a":[""]}
      set | a={1,2},b=3 | {"a":[1,2],"b":3}
      set | a={1,2}b=3 | {"a":[1,2],"b":3}
      set | a= | {"a":""}
      set | a | refused
      set | a,b=1 | refused
      set | a. | {}
      set | a.b | refused
      set | a..b=1 | refused
      set | .a=1 | {}
      set | =1 | {}
      set | = | {}
      set | , | refused
      set | a=b=c | {"a":"b=c"}
      set | a=b\\,c | {"a":"b,c"}
      set | a\\.b=1 | {"a.b":1}
      set | a=\\\\ | {"a":"\\\\"}
      set | a=TRUE | {"a":true}
      set | a=False | {"a":false}
      set | a=Null | {"a":null}
      set | a=0 | {"a":0}
      set | a=01 | {"a":"01"}
      set | a=-1 | {"a":-1}
      set | a=+1 | {"a":1}
      set | a=1.5 | {"a":"1.5"}
      set | a=1e3 | {"a":"1e3"}
      set | a=9223372036854775807 | {"a":9223372036854775807}
      set | a=9223372036854775808 | {"a":"9223372036854775808"}
      set | a= 1 | {"a":" 1"}
      set | a =1 | {"a ":1}
      set | a="x" | {"a":"\\"x\\""}
      set | a={a | refused
      set | a[ | refused | refused | {}
      set | a[0 | refused | refused | {}
      set | a[x]=1 | refused
      set | a[-1]=1 | refused
      set | a[65537]=1 | refused
      set | a[0] | {"a":[]}
      set | a[0]. | {"a":[]}
      set | a[0].b= | {"a":[]}
      set | a[0]x=1 | refused
      set | a[0]=1,a[2]=3 | {"a":[1,null,3]}
      set | a=1,a.b=2 | refused
      set | a.b=1,a=2 | {"a":2}
      set | a=x,a[0]=2 | refused
      set | l[0]=x | {"l":["x",{"k":2}]}
      set | l[3]=x | {"l":[{"k":1},{"k":2},null,"x"]}
      set | l[0].k=x | {"l":[{"k":"x"},{"k":2}]}
      set | m=null | {"m":null}
      set | m.k=null | {"m":{"k":null}}
      set | l=null | {"l":null}
      set | s.k=x | refused
      set | s[0]=x | refused
      set | nul.k=x | refused
      set | a=日本 | {"a":"日本"}
      set | a=1,,b=2 | refused
      set | a=1, | {"a":1}
      set | a.b=,a.c=2 | {"a":{"b":"","c":2}}
      set | a={a\\,b,c} | {"a":["a,b","c"]}
      set | a={a,,b} | {"a":["a","","b"]}
      set | a={true,null,0} | {"a":[true,null,0]}
      set | a=http://x:80/?q=1#f | {"a":"http://x:80/?q=1#f"}
      set | a=1_000 | {"a":"1_000"}
      set | a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d=1 | {"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":{"i":{"j":{"k":{"l":{"m":{"n":{"o":{"p":{"q":{"r":{"s":{"t":{"u":{"v":{"w":{"x":{"y":{"z":{"a":{"b":{"c":{"d":1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}
      set | a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z.a.b.c.d.e.f=1 | refused
      set | a=\\n | {"a":"n"}
      set | `` | {}
      set-string | a=1 | {"a":"1"}
      set-string | a=true | {"a":"true"}
      set-string | a=null | {"a":"null"}
      set-string | a= | {"a":""}
      set-string | a={1,2} | {"a":["1","2"]}
      set-string | a[0]=1 | {"a":["1"]}
      set-string | a.b=00 | {"a":{"b":"00"}}
      set-string | a=1,b=2 | {"a":"1","b":"2"}
      set-string | a | refused
      set-json | a=1 | {"a":1}
      set-json | a={"b":1} | {"a":{"b":1}}
      set-json | a=[1,2] | {"a":[1,2]}
      set-json | a="x" | {"a":"x"}
      set-json | a= | {"a":null}
      set-json | a=,b=1 | {"a":null,"b":1}
      set-json | a={"b":1} , c=2 | {" c":2,"a":{"b":1}}
      set-json | a={"b":1}c=2 | {"a":{"b":1},"c":2}
      set-json | a=1.5 | {"a":1.5}
      set-json | a=1e3 | {"a":1000}
      set-json | a=01 | refused
      set-json | a=x | refused
      set-json | a={ | refused
      set-json | a=truex | refused
      set-json | a.b={"c":1} | {"a":{"b":{"c":1}}}
      set-json | a[1]=2 | {"a":[null,2]}
      set-json | m={"z":1} | {"m":{"z":1}}
      set-json | m.k={"z":1} | {"m":{"k":{"z":1}}}
      set-json | {"a":1} | {"a":1} | refused
      set-json | {"m":{"z":1}} | {"m":{"k":1,"z":1}} | refused
      set-json | {"m":null} | {"m":null} | refused
      set-json | {} | {} | refused
      set-json | {"a":1}x | refused
      set-json | [1] | {}
      set-json | a={"b":1,"b":2} | {"a":{"b":2}}
      set-json | a="x,y" | {"a":"x,y"}
      set-json | a="x}" | {"a":"x}"}
      set-json | a=1,b="x",c=[{}] | {"a":1,"b":"x","c":[{}]}
      set-json | a | refused
      set-json | a[0]= | {"a":[null]}
      set-json | a[0].b=1,a[0].c=2 | {"a":[{"b":1,"c":2}]}
      set-literal | a=1,b=2 | {"a":"1,b=2"}
      set-literal | a={1} | {"a":"{1}"}
      set-literal | a=x\\y | {"a":"x\\\\y"}
      set-literal | a.b=1 | {"a":{"b":"1"}}
      set-literal | a[0].b=1 | {"a":[{"b":"1"}]}
      set-literal | a | refused
      set-literal | a= | {"a":""}
      set-literal | a\\.b=1 | {"a\\\\":{"b":"1"}}
      set-literal | a,b=1 | {"a,b":"1"}
      set-literal | a=b=c | {"a":"b=c"}
      set-literal | a=true | {"a":"true"}
      set-literal | a[0][1]=x | {"a":[[null,"x"]]}
      set-literal | a[0].b= | {"a":[{"b":""}]}
      set-literal | `` | {}
      """;

  static List<SetLine> all() {
    return TABLE.lines().map(SetLine::parse).toList();
  }

  private static SetLine parse(String row) {
    var cells = row.strip().split(" +\\| ?", -1);
    var result = cells[2];
    var helm3 = cells.length > 3 ? cells[3] : result;
    var line = cells[1].replace("`", "");
    return new SetLine(cells[0], line, result, helm3, cells.length > 4 ? cells[4] : result);
  }

  /** Gives the line to a builder. */
  void addTo(UserValues.Builder values) {
    switch (option) {
      case "set" -> values.set(line);
      case "set-string" -> values.setString(line);
      case "set-json" -> values.setJson(line);
      case "set-literal" -> values.setLiteral(line);
      default -> throw new IllegalStateException(option);
    }
  }

  @Override
  public String toString() {
    return "--" + option + " " + line;
  }
}
