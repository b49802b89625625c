"""The grading scales on which a grade stands (R-ASSESS-11): those of which memoranda speak, too."""

from ecvet_platform.institutions.actions.scales import SCALES as SCALES
