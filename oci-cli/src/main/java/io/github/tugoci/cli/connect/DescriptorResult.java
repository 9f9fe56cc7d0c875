package io.github.tugoci.cli.connect;

import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.cli.shell.JsonRecord;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;

/**
 * A reference and what it stands for; as text, the digest.
 *
 * @param reference what was asked for
 */
public record DescriptorResult(String reference, Digest digest, MediaType mediaType, long size)
    implements JsonRecord {
  public static void print(CommandContext session, String reference, Descriptor descriptor) {
    session.print(
        new DescriptorResult(
            reference, descriptor.digest(), descriptor.mediaType(), descriptor.size()),
        descriptor.digest().toString());
  }
}
