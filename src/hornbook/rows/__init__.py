"""Files of rows that anybody made: read, judged, divided and described by the commands on files."""
