package io.github.tugoci.yaml;

import io.github.tugoci.error.InvalidYamlException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML into plain values as Helm's parser does (go-yaml 2, turned into JSON): YAML 1.1 words
 * and numbers, the last of two equal keys wins, keys become strings. Nesting and what aliases
 * multiply are bounded. {@link #readStrict} refuses equal keys.
 */
public final class Yaml {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_SIZE = 100 * 1024 * 1024;
  private static final int MAX_ALIASED = 500_000;
  private static final Tag PLAIN = new Tag("!plain");

  private final String what;
  private final boolean strict;
  private final YamlEscapes escapes;
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private int repeating;
  private int aliased;

  private Yaml(String what, boolean strict, YamlEscapes escapes) {
    this.what = what;
    this.escapes = escapes;
    this.strict = strict;
  }

  /**
   * Reads the first document.
   *
   * @param what names the file in errors
   * @return maps, lists, strings, booleans, numbers (Long, BigInteger, Double), or null
   * @throws InvalidYamlException if it is no YAML, or nests or multiplies too much
   */
  public static @Nullable Object read(byte[] text, String what) throws InvalidYamlException {
    var all = documents(text, what, 1, false);
    return all.isEmpty() ? null : all.get(0);
  }

  /**
   * Reads all documents.
   *
   * @param what names the file in errors
   * @throws InvalidYamlException if one is no YAML, or nests or multiplies too much
   */
  public static List<@Nullable Object> readAll(byte[] text, String what)
      throws InvalidYamlException {
    return documents(text, what, Integer.MAX_VALUE, false);
  }

  /**
   * Reads the first document, in which no map has a key twice.
   *
   * @param what names the file in errors
   * @return as {@link #read} gives it
   * @throws InvalidYamlException also if a key comes twice
   */
  public static @Nullable Object readUnique(byte[] text, String what) throws InvalidYamlException {
    var all = documents(text, what, 1, true);
    return all.isEmpty() ? null : all.get(0);
  }

  /**
   * Reads the only document, in which no map has a key twice: for files in which a second opinion
   * would be a mistake that goes unnoticed.
   *
   * @param what names the file in errors
   * @return as {@link #read} gives it
   * @throws InvalidYamlException also if a key comes twice, or another document follows
   */
  public static @Nullable Object readStrict(byte[] text, String what) throws InvalidYamlException {
    var all = documents(text, what, 2, true);
    if (all.size() > 1) {
      throw new InvalidYamlException("invalid YAML in " + what + ": more than one document");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** Writes a map as a document, as Helm does it, byte for byte. */
  public static byte[] write(Map<String, ?> document) {
    return YamlWriter.write(document);
  }

  /** A value's text where Helm reads a string; null if it has none. */
  public static @Nullable String text(@Nullable Object value) {
    return YamlScalar.text(value);
  }

  private static List<@Nullable Object> documents(
      byte[] bytes, String what, int limit, boolean strict) throws InvalidYamlException {
    try {
      var tabs = new YamlTabs();
      var text = decode(bytes);
      while (true) {
        try {
          return documents(text, what, limit, strict);
        } catch (MarkedYAMLException e) {
          text = tabs.without(text, e);
          if (text == null) {
            throw e;
          }
        }
      }
    } catch (YAMLException | CharacterCodingException | IllegalArgumentException e) {
      // SnakeYAML doesn't wrap what its tags and numbers throw.
      throw new InvalidYamlException("invalid YAML in " + what + ": " + e.getMessage(), e);
    }
  }

  private static List<@Nullable Object> documents(
      String text, String what, int limit, boolean strict) throws InvalidYamlException {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setCodePointLimit(MAX_SIZE);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setAllowRecursiveKeys(true);
    List<@Nullable Object> documents = new ArrayList<>();
    var composer =
        new Composer(new ParserImpl(new StreamReader(text), options), new AsWritten(), options);
    var escapes = YamlEscapes.in(text);
    while (documents.size() < limit && composer.checkNode()) {
      documents.add(new Yaml(what, strict, escapes).value(composer.getNode()));
    }
    return documents;
  }

  /** A mark says if it isn't UTF-8. */
  private static String decode(byte[] text) throws CharacterCodingException {
    int mark = text.length < 2 ? 0 : ByteBuffer.wrap(text).getChar();
    boolean wide = mark == 0xfeff || mark == 0xfffe;
    return (wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8)
        .newDecoder()
        .decode(ByteBuffer.wrap(text))
        .toString();
  }

  private @Nullable Object value(Node node) throws InvalidYamlException {
    if (node instanceof ScalarNode scalar) {
      escapes.check(scalar, what);
      return count(YamlScalar.value(scalar.getValue(), tag(scalar), what));
    }
    boolean repeated = !seen.add(node);
    if (!open.add(node)) {
      throw new InvalidYamlException("invalid YAML in " + what + ": an anchor contains itself");
    }
    repeating += repeated ? 1 : 0;
    count(node);
    var value =
        node instanceof SequenceNode sequence
            ? list(sequence)
            : node instanceof MappingNode mapping ? map(mapping) : null;
    repeating -= repeated ? 1 : 0;
    open.remove(node);
    return value;
  }

  private <T extends @Nullable Object> T count(T value) throws InvalidYamlException {
    if (repeating > 0 && ++aliased > MAX_ALIASED) {
      throw new InvalidYamlException("invalid YAML in " + what + ": its aliases expand too far");
    }
    return value;
  }

  private List<@Nullable Object> list(SequenceNode sequence) throws InvalidYamlException {
    List<@Nullable Object> list = new ArrayList<>();
    for (var item : sequence.getValue()) {
      list.add(value(item));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(MappingNode mapping) throws InvalidYamlException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Set<String> keys = new HashSet<>();
    for (var tuple : mapping.getValue()) {
      if (isMerge(tuple)) {
        merge(tuple.getValueNode(), map);
      } else if (tuple.getKeyNode() instanceof ScalarNode key) {
        escapes.check(key, what);
        var name = YamlScalar.key(YamlScalar.value(key.getValue(), tag(key), what), what);
        if (strict && !keys.add(name)) {
          throw new InvalidYamlException(
              "invalid YAML in %s: duplicate key %s in line %d"
                  .formatted(what, name, key.getStartMark().getLine() + 1));
        }
        map.put(name, value(tuple.getValueNode()));
      } else {
        throw new InvalidYamlException("invalid YAML in " + what + ": a key is a list or a map");
      }
    }
    return map;
  }

  private static boolean isMerge(NodeTuple tuple) {
    return tuple.getKeyNode() instanceof ScalarNode key
        && key.getValue().equals("<<")
        && (key.getTag().equals(PLAIN) || key.getTag().equals(Tag.MERGE));
  }

  private void merge(Node node, Map<String, @Nullable Object> map) throws InvalidYamlException {
    var values =
        node instanceof SequenceNode ? value(node) : Collections.singletonList(value(node));
    if (!(values instanceof List<?> list)) {
      throw new InvalidYamlException(
          "invalid YAML in " + what + ": merge of a value that is not a map");
    }
    // Of several maps the first one wins.
    for (int i = list.size() - 1; i >= 0; i--) {
      if (!(list.get(i) instanceof Map<?, ?> merged)) {
        throw new InvalidYamlException(
            "invalid YAML in " + what + ": merge of a value that is not a map");
      }
      merged.forEach((key, value) -> map.put((String) key, value));
    }
  }

  private static @Nullable Tag tag(ScalarNode scalar) {
    return scalar.getTag().equals(PLAIN) ? null : scalar.getTag();
  }

  /** Leaves it to {@link YamlScalar} to say what a plain scalar means. */
  private static final class AsWritten extends Resolver {
    @Override
    protected void addImplicitResolvers() {}

    @Override
    public Tag resolve(NodeId kind, @Nullable String value, boolean implicit) {
      return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, implicit);
    }
  }
}
