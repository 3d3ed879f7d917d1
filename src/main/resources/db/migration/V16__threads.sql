-- What is about several incidents at once has no thread: it is no answer to the first of its kind.
DELETE FROM threads WHERE incident = '';
