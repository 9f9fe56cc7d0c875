package io.github.tugoci.helm.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a gzipped tar, block by block, read by nobody's library. Two of them are compared
 * without the times and without the sums, which hold the times.
 *
 * @param members its members, in order
 * @param end how many bytes of zeros are at its end
 */
record RawTar(List<Member> members, int end) {
  private static final int BLOCK = 512;
  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int TIME = 136;
  private static final int SUM_END = 156;
  private static final int PREFIX = 345;
  private static final int PREFIX_END = 500;
  private static final Pattern OWNER = Pattern.compile("[^/]+/(?:charts/[^/]+/)*");

  /**
   * A member.
   *
   * @param path its whole name; that of the PAX header, if it has one
   * @param header its header blocks as text of one character a byte, times and sums blanked
   * @param content its bytes as text of one character a byte
   */
  record Member(String path, String header, String content) {
    /** The directory of the chart or subchart that it is a file of. */
    String owner() {
      var matcher = OWNER.matcher(path);
      return matcher.lookingAt() ? matcher.group() : "";
    }
  }

  static RawTar read(Path tgz) throws IOException {
    byte[] tar;
    try (var in = new GZIPInputStream(Files.newInputStream(tgz))) {
      tar = in.readAllBytes();
    }
    var members = new ArrayList<Member>();
    var extended = "";
    var extendedName = "";
    int at = 0;
    while (at < tar.length && tar[at] != 0) {
      var header = Arrays.copyOfRange(tar, at, at + BLOCK);
      int size = Integer.parseInt(text(header, SIZE, TIME), 8);
      var content = latin(Arrays.copyOfRange(tar, at + BLOCK, at + BLOCK + size));
      Arrays.fill(header, TIME, SUM_END, (byte) ' ');
      if (header[SUM_END] == 'x') {
        extended = latin(header) + content;
        extendedName = paxPath(content);
      } else {
        var prefix = text(header, PREFIX, PREFIX_END);
        var name = (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, NAME);
        members.add(
            new Member(
                extendedName.isEmpty() ? name : extendedName, extended + latin(header), content));
        extended = "";
        extendedName = "";
      }
      at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    return new RawTar(members, tar.length - at);
  }

  private static String paxPath(String records) {
    var matcher = Pattern.compile("(?:^|\n)\\d+ path=([^\n]*)\n").matcher(records);
    return matcher.find() ? new String(matcher.group(1).getBytes(ISO_8859_1), UTF_8) : "";
  }

  private static String text(byte[] header, int from, int to) {
    var text = new String(Arrays.copyOfRange(header, from, to), UTF_8);
    int end = text.indexOf('\0');
    return end < 0 ? text : text.substring(0, end);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** The same with the subcharts of each chart sorted, as ours are; Helm's order is random. */
  RawTar sorted() {
    var byOwner = new TreeMap<String, List<Member>>();
    for (var member : members) {
      byOwner
          .computeIfAbsent(member.owner().replace('/', '\0'), owner -> new ArrayList<>())
          .add(member);
    }
    return new RawTar(byOwner.values().stream().flatMap(List::stream).toList(), end);
  }

  List<String> paths() {
    return members.stream().map(Member::path).toList();
  }
}
