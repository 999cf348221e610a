package edu.cumc.aou.sync.run;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.port.CrmScope;
import edu.cumc.aou.sync.port.Cursor;
import edu.cumc.aou.sync.port.MirrorTable.MirrorState;
import edu.cumc.aou.sync.port.RecordStamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The time between the mirror's watermark and the moment up to which it was read. Most of it is
 * mirrored, but late commits are not. An equal stamp means that the mirror has the record as it is.
 *
 * @param unlike the ids of records with a stamp that the mirror does not have
 * @param readAgain how many of the others changed since the next watermark
 */
record Overlap(Map<CrmObject, List<String>> unlike, long readAgain) {

  private static final int PAGE = 1000;

  /** Asks for at most this many by their ids; with more, reads everything again. */
  private static final int MOST_UNLIKE = 2 * CrmScope.MOST_IDS;

  /** Empty if too much differs for this to pay. */
  static Optional<Overlap> look(
      RunServices services, MirrorState state, Instant watermark, LongConsumer progress) {
    Map<CrmObject, List<String>> unlike = new EnumMap<>(CrmObject.class);
    long again = 0;
    long done = 0;
    for (CrmObject object : CrmObject.values()) {
      List<String> ids = new ArrayList<>();
      unlike.put(object, ids);
      List<RecordStamp> page = new ArrayList<>(PAGE);
      try (Cursor<RecordStamp> stamps =
          services.crm().stamps(object, state.watermark(), state.readUpTo())) {
        while (stamps.hasNext()) {
          RecordStamp stamp = stamps.next();
          again += stamp.modstamp().isBefore(watermark) ? 0 : 1;
          page.add(stamp);
          progress.accept(++done);
          if (page.size() == PAGE || !stamps.hasNext()) {
            ids.addAll(services.store().mirror().notAsStamped(object, page));
            page.clear();
          }
          if (ids.size() > MOST_UNLIKE) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.of(new Overlap(unlike, again));
  }

  /** What to read for an object. */
  List<CrmScope> scopes(CrmObject object) {
    List<String> ids = unlike.getOrDefault(object, List.of());
    List<CrmScope> scopes = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += CrmScope.MOST_IDS) {
      scopes.add(CrmScope.some(ids.subList(from, Math.min(from + CrmScope.MOST_IDS, ids.size()))));
    }
    return scopes;
  }
}
