package org.docs4j.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.docs4j.api.model.AuthorId;
import org.docs4j.api.model.Key;
import org.junit.jupiter.api.Test;

/** {@link Query} and {@link DownloadPolicy}. */
class QueryTest {
  private static final AuthorId AUTHOR = AuthorId.of(new byte[32]);

  @Test
  void factories_selectWhatTheySay() {
    assertEquals(Query.Kind.FLAT, Query.all().kind());
    assertEquals(Query.Sort.AUTHOR_KEY, Query.all().sort());
    assertFalse(Query.all().includeEmpty());
    assertEquals(Long.MAX_VALUE, Query.all().limit());
    assertEquals(Query.Kind.SINGLE_LATEST_PER_KEY, Query.singleLatestPerKey().kind());
    assertEquals(Query.Sort.KEY_AUTHOR, Query.singleLatestPerKey().sort());
    assertEquals(Optional.of(AUTHOR), Query.author(AUTHOR).author());
    assertTrue(Query.key(Key.of("a")).keys().matches(Key.of("a")));
    assertFalse(Query.key(Key.of("a")).keys().matches(Key.of("ab")));
    assertTrue(Query.prefix(Key.of("a")).keys().matches(Key.of("ab")));
    assertFalse(Query.prefix(Key.of("a")).keys().matches(Key.of("b")));
    assertTrue(Query.all().keys().matches(Key.EMPTY));
  }

  @Test
  void with_changesOneThingOnly() {
    Query query =
        Query.singleLatestPerKey()
            .withAuthor(AUTHOR)
            .withKeys(new Query.KeyFilter.Prefix(Key.of("p")))
            .withSort(Query.Sort.AUTHOR_KEY, true)
            .withEmpty()
            .withPage(3, 4);
    assertEquals(
        new Query(
            Query.Kind.SINGLE_LATEST_PER_KEY,
            Optional.of(AUTHOR),
            new Query.KeyFilter.Prefix(Key.of("p")),
            Query.Sort.AUTHOR_KEY,
            true,
            true,
            3,
            4),
        query);
  }

  @Test
  void page_ofNegativeNumbers_isRefused() {
    assertThrows(IllegalArgumentException.class, () -> Query.all().withPage(-1, 1));
    assertThrows(IllegalArgumentException.class, () -> Query.all().withPage(0, -1));
    assertEquals(0, Query.all().withPage(0, 0).limit());
  }

  @Test
  void policy_wantsWhatItsFiltersSay() {
    List<DownloadPolicy.Filter> filters =
        new ArrayList<>(
            List.of(
                new DownloadPolicy.Filter.Prefix(Key.of("img/")), new DownloadPolicy.Filter.Exact(Key.of("readme"))));
    DownloadPolicy only = new DownloadPolicy.NothingExcept(filters);
    DownloadPolicy except = new DownloadPolicy.EverythingExcept(filters);
    filters.clear();
    for (String matched : List.of("img/", "img/a", "readme")) {
      assertTrue(only.wants(Key.of(matched)), matched);
      assertFalse(except.wants(Key.of(matched)), matched);
    }
    for (String other : List.of("", "img", "readme2", "read")) {
      assertFalse(only.wants(Key.of(other)), other);
      assertTrue(except.wants(Key.of(other)), other);
    }
    assertTrue(DownloadPolicy.everything().wants(Key.EMPTY));
    assertFalse(DownloadPolicy.nothing().wants(Key.EMPTY));
  }
}
