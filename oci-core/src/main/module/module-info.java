/**
 * Charts, images and artifacts in OCI registries. Most that this module stands on are automatic
 * modules; what of the public types they would show is hidden behind ours.
 */
module io.github.tugoci.core {
  exports io.github.tugoci.archive;
  exports io.github.tugoci.artifact;
  exports io.github.tugoci.auth;
  exports io.github.tugoci.client;
  exports io.github.tugoci.content;
  exports io.github.tugoci.copy;
  exports io.github.tugoci.dependency;
  exports io.github.tugoci.embedded;
  exports io.github.tugoci.error;
  exports io.github.tugoci.github;
  exports io.github.tugoci.helm;
  exports io.github.tugoci.image;
  exports io.github.tugoci.json;
  exports io.github.tugoci.layout;
  exports io.github.tugoci.model;
  exports io.github.tugoci.net;
  exports io.github.tugoci.provenance;
  exports io.github.tugoci.publish;
  exports io.github.tugoci.reference;
  exports io.github.tugoci.registry;
  exports io.github.tugoci.schema;
  exports io.github.tugoci.signature;

  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.google.api.client;
  requires org.apache.commons.compress;
  requires org.apache.httpcomponents.client5.httpclient5;
  requires org.apache.httpcomponents.core5.httpcore5;
  requires org.slf4j;
  requires org.yaml.snakeyaml;

  // What automatic modules use of the JDK, as they can't say so themselves.
  requires java.logging;
  requires java.security.jgss;
  requires jdk.net;

  // optional: signatures, schemas, passwords of the embedded registry
  requires static com.networknt.schema;
  requires static org.bouncycastle.pg;
  requires static org.bouncycastle.provider;
}
