package edu.cumc.aou.docs.library;

import static edu.cumc.aou.docs.library.ListRelations.relation;

import edu.cumc.aou.sync.port.ParticipantSource;
import edu.cumc.aou.sync.port.ParticipantSourceContract;
import edu.cumc.aou.sync.port.RawRow;
import java.util.List;

// begin
class ListSourceContractTest extends ParticipantSourceContract {

  @Override
  protected ParticipantSource source(List<RawRow> contacts, List<RawRow> journeys) {
    return new ListSource(
        relation(RawRow.CONTACT_KEY, RawRow.CONTACTS, contacts),
        relation(RawRow.JOURNEY_KEY, RawRow.JOURNEYS, journeys));
  }
}
// end
