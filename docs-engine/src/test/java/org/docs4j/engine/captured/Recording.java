package org.docs4j.engine.captured;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.docs4j.api.model.Entry;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.api.model.SignedEntry;
import org.docs4j.engine.ranger.Part;
import org.docs4j.engine.ranger.RangeMessage;
import org.docs4j.engine.wire.SyncMessage;

/**
 * What real nodes told each other about one document, and what they held before and after.
 *
 * @param name of the file
 * @param namespace the document
 * @param sides those who took part, by their names
 * @param exchanges the sessions in their order
 */
record Recording(String name, NamespaceId namespace, Map<String, Side> sides, List<Exchange> exchanges) {
  /**
   * One of those who took part.
   *
   * @param real whether it is a real node; others sent what they liked
   * @param before what it held, tombstones included as far as the recording shows them
   * @param after what it held in the end, if the recording says so
   */
  record Side(boolean real, List<SignedEntry> before, Optional<Listing> after) {}

  /**
   * A list of entries.
   *
   * @param complete whether tombstones are in it
   * @param entries in order
   */
  record Listing(boolean complete, List<Entry> entries) {}

  /**
   * One session.
   *
   * @param frames in the order of the wire
   * @param ended whether both sides ended it in order
   */
  record Exchange(List<Frame> frames, boolean ended) {}

  /**
   * One frame.
   *
   * @param sender the name of a side
   * @param hex all bytes of the frame
   * @param message what they say
   */
  record Frame(String sender, String hex, SyncMessage message) {
    /** The parts of the message; none if it is an abort. */
    RangeMessage parts() {
      return Recordings.parts(message);
    }

    /** The entries in the frame with the content status that their sender gave them. */
    List<Part.Value> values() {
      return parts().parts().stream()
          .flatMap(part -> part instanceof Part.RangeItem item ? item.values().stream() : null)
          .toList();
    }
  }

  /** The other side. */
  String peerOf(String side) {
    return sides.keySet().stream().filter(name -> !name.equals(side)).findFirst().orElseThrow();
  }

  @Override
  public String toString() {
    return name;
  }
}
