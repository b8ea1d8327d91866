"""The trainer's workshop: standards side by side, made companies to work through, a quiz, rooms, a class's own table."""
