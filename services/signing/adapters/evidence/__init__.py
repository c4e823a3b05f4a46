"""Evidence (chứng cứ): the report of a verification with its inputs, told in three formats."""
