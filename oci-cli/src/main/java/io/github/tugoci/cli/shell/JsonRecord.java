package io.github.tugoci.cli.shell;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record that is a JSON object: its components are the members, in order, under their own names.
 * A component that is null or an empty Optional is left out. Numbers, booleans, lists, maps and
 * other such records stay what they are; everything else is written as its text.
 */
public interface JsonRecord {
  /** A record with all members: what isn't known is JSON's null. */
  interface Complete extends JsonRecord {}

  /** The members of this component, any record or a map, stand in its place. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Inline {}
}
