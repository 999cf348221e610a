package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.SourceRelation;
import java.util.List;

class InMemoryParticipantSourceTest extends ParticipantSourceContract {

  @Override
  protected ParticipantSource source(List<RawRow> contacts, List<RawRow> journeys) {
    InMemoryParticipantSource source =
        new InMemoryParticipantSource(RawRow.CONTACTS, RawRow.JOURNEYS);
    source.load(SourceRelation.CONTACTS, contacts);
    source.load(SourceRelation.JOURNEYS, journeys);
    return source;
  }
}
