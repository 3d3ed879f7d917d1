# What the scripts need from the machine, installed where we may, otherwise said exactly. Sourced by the scripts in bin/.
need_tools() { :; }
