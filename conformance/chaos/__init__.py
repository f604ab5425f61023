"""The client under faults: a server on a real socket that breaks its answers in every way and writes down what it has
really done, and the proof that what the client said is the truth.

``make chaos`` runs it for as long as it is asked to; the tests run a slice of it.
"""
