package io.github.tugoci.cli.image;

import io.github.tugoci.cli.connect.ClientSession;
import io.github.tugoci.cli.connect.CopyFilterOptions;
import io.github.tugoci.cli.connect.CopyResultView;
import io.github.tugoci.cli.connect.Target;
import io.github.tugoci.cli.shell.CommandContext;
import io.github.tugoci.copy.Copier;
import io.github.tugoci.reference.Location;
import java.io.IOException;
import java.util.List;

/** The push of one image or index, whichever command it is asked for by. */
public final class ImageUpload {
  private ImageUpload() {}

  /**
   * Pushes it and prints what came of it.
   *
   * @param tags more tags than the target's own
   */
  public static void run(
      ClientSession connection,
      Location from,
      Location to,
      List<String> tags,
      CopyFilterOptions choice,
      CommandContext session)
      throws IOException {
    var source = connection.source(from, choice.platforms());
    var target = Target.of(to, tags, source.tag());
    var result =
        connection.write(
            to,
            store ->
                Copier.copy(
                    source.store(),
                    Images.check(source, source.root(store)),
                    store,
                    target.tags(),
                    choice.options(connection, to).build()));
    CopyResultView.of(target, result).print("Pushed", session);
  }
}
