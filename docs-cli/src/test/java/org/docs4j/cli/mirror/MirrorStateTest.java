package org.docs4j.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Hash;
import org.docs4j.api.model.Key;
import org.docs4j.api.model.Record;
import org.docs4j.api.model.Timestamp;
import org.junit.jupiter.api.Test;

class MirrorStateTest {
  private static final AuthorId AUTHOR = AuthorId.parse("0123456789abcdef".repeat(4));
  private static final Stamp FILE = new Stamp(5, 100);
  private static final Stamp CHANGED = new Stamp(6, 200);

  private final List<Action> actions = new ArrayList<>();

  private static Version version(int time) {
    return new Version(new Record(time, hash(time), new Timestamp(time)), AUTHOR);
  }

  private static Hash hash(int time) {
    return Hash.ofContent(new byte[time]);
  }

  private static Version tombstone(int time) {
    return new Version(Record.tombstone(new Timestamp(time)), AUTHOR);
  }

  private static Input.Document document(Map<String, Version> newest) {
    return new Input.Document(new TreeMap<>(newest), Map.of());
  }

  private static Input.Disk disk(Map<String, Stamp> files) {
    return new Input.Disk("", new TreeMap<>(files));
  }

  private MirrorState state(Map<String, Agreed> agreed, Map<String, Version> newest, Map<String, Stamp> files) {
    MirrorState state = new MirrorState(true, agreed);
    handle(state, document(newest));
    handle(state, disk(files));
    return state;
  }

  private void handle(MirrorState state, Input input) {
    state.handle(input, actions::add);
  }

  private void settle(MirrorState state, String path, Version version, Stamp stamp) {
    actions.clear();
    handle(state, new Input.Done(path, new Outcome.Settled(new Agreed(version, stamp))));
  }

  @Test
  void handle_onlyOneSideSeen_doesNothing() {
    MirrorState state = new MirrorState(true, Map.of());

    handle(state, disk(Map.of("a", FILE)));

    assertEquals(List.of(), actions);
    assertFalse(state.isIdle());
  }

  @Test
  void when_fileIsNewHere_then_itIsPublished() {
    MirrorState state = state(Map.of(), Map.of(), Map.of("a", FILE));

    assertEquals(List.of(new Action.Publish("a", FILE, Version.NONE)), actions);
    assertFalse(state.isIdle());
    settle(state, "a", version(1), FILE);
    assertEquals(List.of(), actions);
    assertTrue(state.isIdle());
  }

  @Test
  void when_fileIsNewThere_then_itIsWritten() {
    MirrorState state = state(Map.of(), Map.of("a", version(1)), Map.of());

    assertEquals(List.of(new Action.Write("a", Stamp.NONE, version(1))), actions);
    settle(state, "a", version(1), FILE);
    handle(state, disk(Map.of("a", FILE)));
    assertEquals(List.of(), actions);
    assertTrue(state.isIdle());
  }

  @Test
  void when_ourOwnEntryComesBack_then_nothingIsDone() {
    MirrorState state = state(Map.of(), Map.of(), Map.of("a", FILE));
    settle(state, "a", version(1), FILE);

    handle(state, new Input.Entry("a", version(1)));
    handle(state, new Input.Disk("a", new TreeMap<>(Map.of("a", FILE))));

    assertEquals(List.of(), actions);
  }

  @Test
  void when_knownFileIsMissing_then_itsDeletionIsPublished() {
    Map<String, Agreed> agreed = Map.of("a", new Agreed(version(1), FILE));
    MirrorState state = state(agreed, Map.of("a", version(1)), Map.of());

    assertEquals(List.of(new Action.Delete("a")), actions);
    settle(state, "a", tombstone(2), Stamp.NONE);
    assertTrue(state.isIdle());
    assertEquals(0, state.files());
  }

  @Test
  void when_unknownFileIsMissing_then_itIsWritten() {
    state(Map.of(), Map.of("a", version(1)), Map.of("b", FILE));

    assertTrue(actions.contains(new Action.Write("a", Stamp.NONE, version(1))));
    assertTrue(actions.contains(new Action.Publish("b", FILE, Version.NONE)));
  }

  @Test
  void when_newestIsADeletion_then_theFileIsRemoved() {
    Map<String, Agreed> agreed = Map.of("a", new Agreed(version(1), FILE));
    state(agreed, Map.of("a", tombstone(2)), Map.of("a", FILE));

    assertEquals(List.of(new Action.Remove("a", FILE, tombstone(2))), actions);
  }

  @Test
  void when_olderEntryComesLater_then_itIsIgnored() {
    MirrorState state = state(Map.of(), Map.of("a", version(2)), Map.of());
    settle(state, "a", version(2), FILE);

    handle(state, new Input.Entry("a", version(1)));
    handle(state, new Input.Entry("a", tombstone(1)));

    assertEquals(List.of(), actions);
    assertTrue(state.isIdle());
  }

  @Test
  void when_bothSidesChanged_then_theyAreMerged() {
    Map<String, Agreed> agreed = Map.of("a", new Agreed(version(1), FILE));
    state(agreed, Map.of("a", version(2)), Map.of("a", CHANGED));

    assertEquals(List.of(new Action.Merge("a", CHANGED, version(2))), actions);
  }

  @Test
  void when_changedHereAndDeletedThere_then_theChangeStays() {
    Map<String, Agreed> agreed = Map.of("a", new Agreed(version(1), FILE));
    state(agreed, Map.of("a", tombstone(2)), Map.of("a", CHANGED));

    assertEquals(List.of(new Action.Publish("a", CHANGED, tombstone(2))), actions);
  }

  @Test
  void when_deletedHereAndChangedThere_then_theChangeComes() {
    Map<String, Agreed> agreed = Map.of("a", new Agreed(version(1), FILE));
    state(agreed, Map.of("a", version(2)), Map.of());

    assertEquals(List.of(new Action.Write("a", Stamp.NONE, version(2))), actions);
  }

  @Test
  void when_deletedOnBothSides_then_nothingIsDone() {
    Map<String, Agreed> agreed = Map.of("a", new Agreed(version(1), FILE));
    MirrorState state = state(agreed, Map.of("a", tombstone(2)), Map.of());

    assertEquals(List.of(), actions);
    assertTrue(state.isIdle());
  }

  @Test
  void when_documentForgotOurLastWrite_then_itIsWrittenAgain() {
    Map<String, Agreed> agreed =
        Map.of("a", new Agreed(version(2), FILE), "b", new Agreed(tombstone(2), Stamp.NONE));
    state(agreed, Map.of("a", version(1), "b", version(1)), Map.of("a", FILE));

    assertEquals(List.of(new Action.Publish("a", FILE, version(1)), new Action.Delete("b")), actions);
  }

  @Test
  void when_manyKeysWereDeletedAtOnce_then_theirFilesAreRemoved() {
    Map<String, Agreed> agreed =
        Map.of("d/a", new Agreed(version(1), FILE), "e", new Agreed(version(1), FILE));
    MirrorState state = new MirrorState(true, agreed);
    Input.Document document =
        new Input.Document(new TreeMap<>(Map.of("e", version(1))), Map.of(Key.of("d/"), tombstone(2)));
    handle(state, document);

    handle(state, disk(Map.of("d/a", FILE, "e", FILE)));

    assertEquals(List.of(new Action.Remove("d/a", FILE, Version.NONE)), actions);
  }

  @Test
  void when_contentIsMissing_then_itIsWrittenOnceItComes() {
    MirrorState state = state(Map.of(), Map.of("a", version(1)), Map.of());
    actions.clear();
    handle(state, new Input.Done("a", new Outcome.NotHere()));
    assertFalse(state.isIdle());

    handle(state, new Input.ContentReady(hash(2)));
    assertEquals(List.of(), actions);
    handle(state, new Input.ContentReady(hash(1)));

    assertEquals(List.of(new Action.Write("a", Stamp.NONE, version(1))), actions);
  }

  @Test
  void when_contentComesWhileItIsLookedFor_then_itIsNotMissed() {
    MirrorState state = state(Map.of(), Map.of("a", version(1)), Map.of());
    actions.clear();

    handle(state, new Input.ContentReady(hash(1)));
    assertEquals(List.of(), actions);
    handle(state, new Input.Done("a", new Outcome.NotHere()));

    assertEquals(List.of(new Action.Write("a", Stamp.NONE, version(1))), actions);
  }

  @Test
  void when_fileChangesDuringAnAction_then_itIsLookedAtAgain() {
    MirrorState state = state(Map.of(), Map.of(), Map.of("a", FILE));
    actions.clear();
    handle(state, new Input.Done("a", new Outcome.DiskIs(CHANGED)));

    assertEquals(List.of(new Action.Publish("a", CHANGED, Version.NONE)), actions);
  }

  @Test
  void when_entryComesDuringAnAction_then_itIsDoneNext() {
    MirrorState state = state(Map.of(), Map.of("a", version(1)), Map.of());
    handle(state, new Input.Entry("a", version(2)));
    assertEquals(1, actions.size());

    settle(state, "a", version(1), FILE);

    assertEquals(List.of(new Action.Write("a", FILE, version(2))), actions);
  }

  @Test
  void when_actionFails_then_itIsTriedAgainLater() {
    MirrorState state = state(Map.of(), Map.of("a", version(1)), Map.of());
    actions.clear();
    handle(state, new Input.Done("a", new Outcome.Failed()));
    assertEquals(List.of(), actions);
    assertFalse(state.isIdle());

    handle(state, new Input.Retry());

    assertEquals(List.of(new Action.Write("a", Stamp.NONE, version(1))), actions);
  }

  @Test
  void when_folderIsGone_then_everythingBelowItIsDeleted() {
    Map<String, Agreed> agreed =
        Map.of(
            "d/a", new Agreed(version(1), FILE),
            "d/b/c", new Agreed(version(1), FILE),
            "d.txt", new Agreed(version(1), FILE),
            "dx", new Agreed(version(1), FILE));
    Map<String, Version> newest = Map.of("d/a", version(1), "d/b/c", version(1), "d.txt", version(1), "dx", version(1));
    MirrorState state = state(agreed, newest, Map.of("d/a", FILE, "d/b/c", FILE, "d.txt", FILE, "dx", FILE));
    assertEquals(List.of(), actions);

    handle(state, new Input.Disk("d", new TreeMap<>()));

    assertEquals(List.of(new Action.Delete("d/a"), new Action.Delete("d/b/c")), actions);
  }

  @Test
  void when_documentIsReadOnly_then_changesHereStayHere() {
    MirrorState state = new MirrorState(false, Map.of("a", new Agreed(version(1), FILE)));
    handle(state, document(Map.of("a", version(1), "b", version(1))));
    handle(state, disk(Map.of("a", CHANGED, "new", FILE)));

    assertEquals(List.of(new Action.Write("b", Stamp.NONE, version(1))), actions);
    settle(state, "b", version(1), FILE);
    assertTrue(state.isIdle());
  }
}
