package edu.cumc.aou.sync.port;

import edu.cumc.aou.sync.model.CrmObject;
import edu.cumc.aou.sync.model.FieldInfo;
import edu.cumc.aou.sync.model.FieldKind;
import edu.cumc.aou.sync.model.FieldName;
import edu.cumc.aou.sync.model.ObjectInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The objects of {@link InMemoryCrm}: those of the default mapping. */
final class InMemorySchema {

  static final FieldName PMI = new FieldName("HP_PMI_ID__c");
  static final FieldName CONTACT_LOOKUP = new FieldName("Contact__c");

  private static final Set<String> FLAG_VALUES = Set.of("0", "1", "2");

  private static final List<String> TEXTS =
      List.of(
          "MailingCity",
          "MailingState",
          "MailingPostalCode",
          "HP_Sex__c",
          "HP_Gender_Identity__c",
          "HP_Race_Ethnicity__c",
          "HP_Language__c",
          "CH_All_of_Us_Enroller_UNI__c",
          "CH_REDCap_Record_ID__c",
          "CH_Specify_Health_Care_Provider__c",
          "CH_Other_details__c",
          "CH_Technical_Assistance_Required__c",
          "CH_Other_technical_assistance_details__c",
          "CH_How_did_contact_learn_about_AoU__c",
          "CH_Specify_clinical_outreach__c",
          "DV_Enrollment__c");

  private static final List<String> JOURNEY_DATES =
      List.of(
          "General_Consent",
          "EHR_Consent",
          "Withdrawal",
          "gROR_Consent",
          "Basics_PPI_Survey_Completion",
          "Health_PPI_Survey_Completion",
          "Lifestyle_PPI_Survey_Completion",
          "Hist_PPI_Survey_Completion",
          "Meds_PPI_Survey_Completion",
          "Family_PPI_Survey_Completion",
          "Access_PPI_Survey_Completion",
          "Physical_Measurements_Completion",
          "8_mL_SST_Collection",
          "8_mL_PST_Collection",
          "4_mL_Na_Hep_Collection",
          "4_mL_EDTA_Collection",
          "2_mL_EDTA_Collection",
          "1st_10_mL_EDTA_Collection",
          "2nd_10_mL_EDTA_Collection",
          "Saliva_Collection",
          "Urine_10_ml_Collection",
          "Urine_90_ml_Collection",
          "Cell_Free_DNA_Collection",
          "Paxgene_RNA_Collection",
          "COPE_May_PPI_Survey_Completion",
          "COPE_June_PPI_Survey_Completion",
          "COPE_July_PPI_Survey_Completion");

  private final ObjectInfo contact;
  private final ObjectInfo journey;

  InMemorySchema(boolean uniquePmiField) {
    contact = new ObjectInfo("Contact", true, true, contactFields(uniquePmiField));
    journey = new ObjectInfo("Opportunity", true, true, journeyFields());
  }

  ObjectInfo object(CrmObject object) {
    return object == CrmObject.CONTACT ? contact : journey;
  }

  private static List<FieldInfo> contactFields(boolean uniquePmiField) {
    List<FieldInfo> fields =
        new ArrayList<>(
            List.of(
                new FieldInfo(
                    PMI,
                    FieldKind.TEXT,
                    20,
                    true,
                    true,
                    false,
                    uniquePmiField,
                    uniquePmiField,
                    false,
                    Set.of()),
                new FieldInfo(
                    new FieldName("LastName"),
                    FieldKind.TEXT,
                    80,
                    true,
                    true,
                    true,
                    false,
                    false,
                    false,
                    Set.of()),
                field("FirstName", FieldKind.TEXT, 40),
                field("Email", FieldKind.EMAIL, 80),
                field("Phone", FieldKind.PHONE, 40),
                field("Birthdate", FieldKind.DATE, 0),
                field("MailingStreet", FieldKind.LONG_TEXT, 255),
                field("AccountId", FieldKind.REFERENCE, 18)));
    TEXTS.forEach(name -> fields.add(field(name, FieldKind.TEXT, 255)));
    return fields;
  }

  private static List<FieldInfo> journeyFields() {
    List<FieldInfo> fields =
        new ArrayList<>(
            List.of(
                field(CONTACT_LOOKUP.value(), FieldKind.REFERENCE, 18),
                field(PMI.value(), FieldKind.TEXT, 20),
                field("AccountId", FieldKind.REFERENCE, 18),
                field("HP_Participant_Status__c", FieldKind.TEXT, 255),
                field("HP_General_Consent_Status__c", FieldKind.NUMBER, 0),
                field("HP_Withdrawal_Status__c", FieldKind.BOOLEAN, 0),
                field("HP_Samples_for_DNA_Received__c", FieldKind.TEXT, 1)));
    Stream.of("HP_EHR_Consent_Status__c", "HP_gROR_Consent_Status__c")
        .forEach(name -> fields.add(picklist(name)));
    JOURNEY_DATES.forEach(name -> fields.add(field("HP_" + name + "_Date__c", FieldKind.DATE, 0)));
    return fields;
  }

  private static FieldInfo field(String name, FieldKind kind, int length) {
    return new FieldInfo(
        new FieldName(name), kind, length, true, true, false, false, false, false, Set.of());
  }

  private static FieldInfo picklist(String name) {
    return new FieldInfo(
        new FieldName(name),
        FieldKind.PICKLIST,
        255,
        true,
        true,
        false,
        false,
        false,
        true,
        FLAG_VALUES);
  }
}
