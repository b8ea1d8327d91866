"""Settings of the web service, from the environment (``TIAOLI_HOST``, ``TIAOLI_PORT``, …)."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the service listens and how much it takes in."""

    model_config = SettingsConfigDict(env_prefix="TIAOLI_", extra="ignore")

    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on.")
    max_body: int = Field(
        default=64 * 1024, ge=1024, description="Largest request body in bytes; more is refused with 413."
    )
    max_upload: int = Field(
        default=64 * 2**20, ge=1024, description="Largest import in bytes, all its files together; more is refused."
    )
    max_files: int = Field(default=200, ge=1, description="Most files of one import.")
    page_at_once: int = Field(default=16, ge=1, description="Questions of the chat page answered at the same time.")
