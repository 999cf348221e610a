package edu.cumc.aou.sync.plan;

import edu.cumc.aou.sync.model.ContactId;
import edu.cumc.aou.sync.port.MirrorTable.MirrorEntry;
import edu.cumc.aou.sync.port.MirrorTable.MirroredContact;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Contacts that the mirror has for a participant. */
record Contacts(List<MirroredContact> live, List<MirroredContact> all) {

  static Contacts of(@Nullable MirrorEntry mirrored) {
    return mirrored == null
        ? new Contacts(List.of(), List.of())
        : new Contacts(mirrored.live(), mirrored.contacts());
  }

  /** The Contact without a PMI ID that survived a merge. */
  Optional<ContactId> survivor() {
    return all.stream()
        .flatMap(c -> Optional.ofNullable(c.mergedInto()).stream())
        // A survivor that was itself merged away is gone.
        .filter(id -> all.stream().noneMatch(c -> c.id().equals(id)))
        .findFirst();
  }
}
