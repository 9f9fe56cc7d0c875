package io.github.tugoci.registry;

import io.github.tugoci.error.InvalidContentException;
import io.github.tugoci.error.LimitExceededException;
import io.github.tugoci.error.NotFoundException;
import io.github.tugoci.net.ListLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The tags of a repository (distribution-spec, "Listing tags"). */
public final class Tags {
  private final RepositoryContext endpoint;

  Tags(RepositoryContext endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * All tags, in the registry's order, over as many pages as it takes.
   *
   * @throws NotFoundException if the repository doesn't exist
   * @throws InvalidContentException if a page is malformed, too large, or leads elsewhere or in a
   *     circle; a {@link LimitExceededException} if there are more pages or tags than {@link
   *     ListLimits} allow
   */
  public List<String> list() throws IOException {
    var tags = new ArrayList<String>();
    each("", tags::add);
    return List.copyOf(tags);
  }

  /**
   * Shows tags, in the registry's order, as long as they are wanted: no more is held than a page,
   * and no page is asked for in vain.
   *
   * @param last the tag after which to begin; empty for the beginning
   * @param wanted takes a tag, and says whether it wants the next
   * @throws NotFoundException if the repository doesn't exist
   * @throws InvalidContentException if a page is malformed, too large, or leads elsewhere or in a
   *     circle
   */
  public void each(String last, Predicate<String> wanted) throws IOException {
    var pages = pages(1000, last);
    while (pages.hasNext()) {
      var tags = pages.next().strings("tags");
      pages.count(tags.size());
      // Distribution 2 knows neither n nor last, and sends all.
      for (var tag : tags.subList(tags.indexOf(last) + 1, tags.size())) {
        if (!wanted.test(tag)) {
          return;
        }
      }
    }
  }

  /**
   * A part of the tags.
   *
   * @param last the tag after which to begin; empty for the beginning
   * @param count the most that come; at least one
   * @throws NotFoundException if the repository doesn't exist
   */
  public List<String> list(String last, int count) throws IOException {
    if (count < 1) {
      throw new IllegalArgumentException("at least one tag must be asked for, not " + count);
    }
    var tags = new ArrayList<String>();
    var pages = pages(count, last);
    while (pages.hasNext() && tags.size() - tags.indexOf(last) - 1 < count) {
      var page = pages.next().strings("tags");
      pages.count(page.size());
      tags.addAll(page);
    }
    // Distribution 2 knows neither n nor last, and sends all.
    var rest = tags.subList(tags.indexOf(last) + 1, tags.size());
    return List.copyOf(rest.subList(0, Math.min(count, rest.size())));
  }

  private PagedResponse pages(int count, String last) {
    var from = last.isEmpty() ? "" : "last=" + PagedResponse.encode(last);
    return new PagedResponse(
        endpoint,
        "/tags/list?n=" + count + (from.isEmpty() ? "" : "&" + from),
        "/tags/list" + (from.isEmpty() ? "" : "?" + from),
        what());
  }

  private String what() {
    return "tags of " + endpoint.host() + "/" + endpoint.name();
  }
}
