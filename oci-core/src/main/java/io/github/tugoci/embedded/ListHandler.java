package io.github.tugoci.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tugoci.json.Json;
import io.github.tugoci.model.Descriptor;
import io.github.tugoci.model.Manifest;
import io.github.tugoci.model.MediaType;
import io.github.tugoci.reference.Digest;
import io.github.tugoci.reference.RepositoryName;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Serves paginated lists: tags, referrers, repositories. */
final class ListHandler {
  private static final Pattern COUNT = Pattern.compile("\\d{1,100}");

  private final Storage storage;
  private final int pageSize;

  ListHandler(Storage storage, int pageSize) {
    this.storage = storage;
    this.pageSize = pageSize;
  }

  /** Lists tags (distribution-spec, "Listing Tags"). */
  HttpResponse tags(HttpRequest request, RepositoryName name) throws IOException, HttpError {
    var repository =
        storage
            .find(name)
            .orElseThrow(
                () ->
                    new HttpError(
                        404, ErrorCode.NAME_UNKNOWN, "repository name not known to registry"));
    var tags = repository.index().tagsAfter(request.parameter("last").orElse(""));
    return page(request, tags, "tags", Map.of("name", name.value()));
  }

  /** Lists repositories, as Docker's registries do. */
  HttpResponse repositories(HttpRequest request, Predicate<RepositoryName> visible)
      throws HttpError {
    var names =
        storage
            .repositories()
            .tailMap(request.parameter("last").orElse(""), false)
            .values()
            .stream()
            .filter(HostedRepository::exists)
            .map(HostedRepository::name)
            .filter(visible)
            .map(RepositoryName::value)
            .toList();
    return page(request, names, "repositories", Map.of());
  }

  private HttpResponse page(
      HttpRequest request, List<String> all, String member, Map<String, ?> more) throws HttpError {
    int count = count(request);
    var page = all.subList(0, Math.min(count, all.size()));
    var json = new LinkedHashMap<String, Object>(more);
    json.put(member, page);
    var response = HttpResponse.status(200).body("application/json", Json.write(json));
    if (!page.isEmpty() && page.size() < all.size()) {
      link(response, request, page.get(page.size() - 1), count);
    }
    return response;
  }

  private int count(HttpRequest request) throws HttpError {
    var n = request.parameter("n");
    if (n.isEmpty()) {
      return pageSize;
    }
    if (!COUNT.matcher(n.get()).matches()) {
      throw new HttpError(400, ErrorCode.UNSUPPORTED, "n is not a number");
    }
    return new BigInteger(n.get()).min(BigInteger.valueOf(pageSize)).intValue();
  }

  /** Lists what is about a manifest (distribution-spec, "Listing Referrers"). */
  HttpResponse referrers(HttpRequest request, RepositoryName name, Digest subject)
      throws IOException, HttpError {
    var repository = storage.find(name);
    var last = request.parameter("last").orElse("");
    var type = request.parameter("artifactType");
    var all =
        repository.isEmpty()
            ? List.<Descriptor>of()
            : repository.get().index().referrersAfter(subject, last);
    var matching =
        all.stream()
            .filter(
                referrer ->
                    type.isEmpty()
                        || (referrer.artifactType() != null
                            && referrer.artifactType().value().equalsIgnoreCase(type.get())))
            .toList();
    int count = count(request);
    var page = new ArrayList<Object>();
    int size = 0;
    for (var referrer : matching) {
      var json = referrer.toJson();
      size += Json.write(json).length + 1;
      // a client may refuse an index above the limit of manifests
      if (page.size() == count || (size > Manifest.MAX_SIZE - 1024 && !page.isEmpty())) {
        break;
      }
      page.add(json);
    }
    var index = new LinkedHashMap<String, Object>();
    index.put("schemaVersion", 2);
    index.put("mediaType", MediaType.OCI_INDEX.value());
    index.put("manifests", page);
    var response = HttpResponse.status(200).body(MediaType.OCI_INDEX.value(), Json.write(index));
    if (type.isPresent()) {
      response.header("OCI-Filters-Applied", "artifactType");
    }
    if (!page.isEmpty() && page.size() < matching.size()) {
      link(response, request, matching.get(page.size() - 1).digest().toString(), count);
    }
    return response;
  }

  /** Where the next page is (RFC 5988). */
  private static void link(HttpResponse response, HttpRequest request, String last, int count) {
    var query = new StringBuilder("?n=" + count + "&last=" + URLEncoder.encode(last, UTF_8));
    request
        .parameter("artifactType")
        .ifPresent(type -> query.append("&artifactType=").append(URLEncoder.encode(type, UTF_8)));
    response.header("Link", "<" + request.path() + query + ">; rel=\"next\"");
  }
}
