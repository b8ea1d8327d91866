"""Our search as a LangChain retriever, for chains of others."""

from __future__ import annotations

from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from indexing.search import Searcher


class ClauseRetriever(BaseRetriever):
    """The ``k`` best targets for a question, as documents: the text that matched best, with the target, its kind and
    its score as metadata. ``places`` and ``as_of`` filter as in ``Searcher.search``."""

    searcher: Searcher
    k: int = 10
    places: list[str] | None = None
    as_of: date | None = None
    kinds: list[str] | None = None
    model_config = ConfigDict(arbitrary_types_allowed=True)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.searcher.search(query, self.k, places=self.places, as_of=self.as_of, kinds=self.kinds)
        found = []
        for hit in hits:
            entry = self.searcher.entry_of(hit)
            metadata = {"target": hit.target, "kind": hit.kind, "score": hit.score, "place": entry.place}
            found.append(Document(id=entry.id, page_content=entry.text, metadata=metadata))
        return found
