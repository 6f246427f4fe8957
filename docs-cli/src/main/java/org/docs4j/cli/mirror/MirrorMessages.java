package org.docs4j.cli.mirror;

import java.nio.file.Path;
import org.docs4j.api.model.NamespaceId;
import org.docs4j.cli.output.Json;
import org.docs4j.cli.output.Message;
import org.docs4j.cli.output.Plain;

/** What a mirror says, in both forms. Pure functions. */
final class MirrorMessages {
  private MirrorMessages() {}

  /** A folder is being mirrored. */
  static Message started(Path folder, NamespaceId doc) {
    return new Message(
        Json.event("mirror-started").put("folder", folder.toString()).put("doc", doc.toString()),
        "mirroring " + Plain.line(folder.toString()));
  }

  /** Folder and document are equal, as far as this node knows. */
  static Message idle(long files, long bytes, Tally tally) {
    return new Message(
        Json.event("mirror-idle")
            .put("files", files)
            .put("bytes", bytes)
            .put("published", tally.published())
            .put("deleted", tally.deleted())
            .put("wrote", tally.wrote())
            .put("removed", tally.removed()),
        "in step: " + Plain.count(files, "file", "files") + ", " + Plain.bytes(bytes) + tally.sentence());
  }

  /** Something happened to a file. */
  static Message of(Deed deed) {
    String path = Plain.line(deed.path());
    if (deed instanceof Deed.Published published) {
      return new Message(
          event("mirror-published", deed).put("hash", published.hash().toString()).put("length", published.length()),
          "sent " + path);
    }
    if (deed instanceof Deed.Deleted) {
      return new Message(event("mirror-deleted", deed), "deleted for others " + path);
    }
    if (deed instanceof Deed.Wrote wrote) {
      return new Message(
          event("mirror-wrote", deed).put("hash", wrote.hash().toString()).put("length", wrote.length()),
          "wrote " + path);
    }
    if (deed instanceof Deed.Removed) {
      return new Message(event("mirror-removed", deed), "removed " + path);
    }
    if (deed instanceof Deed.Conflict conflict) {
      return new Message(
          event("mirror-conflict", deed).put("kept", conflict.kept()),
          path + " was changed on both sides: the newer one is there now, the other one is " + Plain.line(conflict.kept()));
    }
    String reason = ((Deed.Refused) deed).reason();
    return new Message(
        event("mirror-refused", deed).put("reason", reason), path + " is left out: " + Plain.line(reason));
  }

  private static Json event(String kind, Deed deed) {
    return Json.event(kind).put("path", deed.path());
  }
}
