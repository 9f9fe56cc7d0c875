package io.github.tugoci.schema;

import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.resource.AllowSchemaLoader;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.resource.SchemaLoader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The resources that a schema may refer to: itself and the drafts' own schemas. What is on other
 * sites accepts everything and is remembered; no file is read.
 */
final class OfflineResources implements SchemaLoader {
  private static final byte[] ANYTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private final byte[] document;
  private final SchemaLoader drafts =
      new AllowSchemaLoader(iri -> iri.toString().startsWith("classpath:draft"));
  private final Set<String> unresolved = new LinkedHashSet<>();

  /** Resources of a schema that is read at {@link SchemaDocument#BASE}. */
  OfflineResources(byte[] document) {
    this.document = document;
  }

  @Override
  public @Nullable InputStreamSource getSchema(AbsoluteIri iri) {
    var url = iri.toString();
    if (url.equals(SchemaDocument.BASE)) {
      return () -> new ByteArrayInputStream(document);
    }
    if (SchemaDocument.isRemote(url) || url.startsWith("urn:")) {
      unresolved.add(url);
      return () -> new ByteArrayInputStream(ANYTHING);
    }
    return drafts.getSchema(iri);
  }

  /** The URLs and URNs that were asked for so far and aren't known. */
  List<String> unresolved() {
    return List.copyOf(unresolved);
  }
}
